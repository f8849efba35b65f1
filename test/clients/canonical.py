"""The form in which the readers print what they see; see test/t/012_clients.pl."""
import datetime
import struct
import sys

sys.stdout.reconfigure(encoding='utf-8', newline='\n')


# what a driver shows without a zone is a time of this one
zone = datetime.timezone.utc


def field(value):
    if value is None:
        return '\\N'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return struct.pack('>d', value).hex()
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=zone)
        return moment.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%fZ')
    if isinstance(value, (str, int, datetime.date)):
        return str(value)
    return repr(value)


def line(*fields):
    print('\t'.join(map(field, fields)))


def rows(name, result):
    for row in result:
        line('row', name, *row)
