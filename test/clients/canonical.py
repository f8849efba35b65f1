"""The form in which the readers print what they see; see test/t/012_clients.pl."""
import datetime
import struct
import sys

sys.stdout.reconfigure(encoding='utf-8', newline='\n')


def field(value):
    if value is None:
        return '\\N'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return struct.pack('>d', value).hex()
    if isinstance(value, (str, int, datetime.date)):
        return str(value)
    return repr(value)


def line(*fields):
    print('\t'.join(map(field, fields)))


def rows(name, result):
    for row in result:
        line('row', name, *row)
