# csv.awk: the export of a made-up help desk for docs/tour.md, one table for each value of table:
# -v table=tickets or ratings.  Times are local, without a zone, as help desks export them.  From
# August on somebody calls each customer back, and it takes less time.
function moment(seconds) { return strftime("%Y-%m-%d %H:%M", 1735718400 + seconds, 1) }

BEGIN {
	split("email,chat,phone", channel, ",")
	split("late,damaged,wrong_item,billing", kind, ",")
	head["tickets"] = "Id,Requester,Created,Solved,Channel,Tags,Contacts"
	head["ratings"] = "Ticket,Rated,Satisfaction,Recommend,Comment"
	print head[table]
	for (i = 1; i <= 840; i++) {
		opened = i * 10 * 3600 + i * 7919 % 13 * 1800
		programme = opened > 212 * 86400
		c = i * 11 % 3 + 1
		hours = 4 + i * 37 % 90 * (programme ? 0.5 : 1) + (c == 1 ? 20 : 0)
		solved = i % 23 && opened + hours * 3600 < 350 * 86400
		# of a hundred: how content
		content = (i * i * 41 + i * 7) % 1019 % 100 + (programme ? 22 : 0) - (c == 1 ? 8 : 0)
		if (table == "tickets") {
			printf "%d,%d,%s,%s,%s,%s,%d\n", 5000 + i, 700 + i * 17 % 260, moment(opened),
				solved ? moment(opened + hours * 3600) : "", i % 9 ? channel[c] : toupper(channel[c]),
				(i % 8 ? "complaint " : "question ") kind[i * 5 % 4 + 1], 1 + (content < 45) + (content < 20)
		} else if (solved && i % 7 != 3 && i % 7 != 5) {
			stars = content > 95 ? 5 : content > 48 ? 4 : content > 34 ? 3 : content > 15 ? 2 : 1
			score = int((content + 38) / 11)
			score = score > 10 ? 10 : score
			said = i % 19 == 0 ? "N/A" : score == 10 ? "10 - Very likely" : score == 0 ? "0 - Not at all" : score
			comment = content > 90 ? "Very helpful and quick, thank you" : content > 60 ? "Solved, all fine now" : ""
			comment = content < 20 ? "Nobody answered, terrible" : comment
			printf "%d,%s,%s,%s,\"%s\"\n", 5000 + i, moment(opened + (hours + 30) * 3600), stars,
				said, comment
		}
	}
}
