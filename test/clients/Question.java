// Runs a question of Metabase as its driver does; see test/t/017_bi_tools.pl.
// java -cp postgresql.jar Question.java URL SQL TYPE=VALUE...; the parameters of the ? in order
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.time.LocalDate;
import java.util.StringJoiner;

class Question {
	public static void main(String[] a) throws Exception {
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
		try (Connection c = DriverManager.getConnection(a[0]);
				PreparedStatement s = c.prepareStatement(a[1], ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
			for (int i = 2; i < a.length; i++) {
				String[] p = a[i].split("=", 2);
				if (p[0].equals("date")) s.setObject(i - 1, LocalDate.parse(p[1]));
				else s.setString(i - 1, p[1]);
			}
			try (ResultSet r = s.executeQuery()) {
				int n = r.getMetaData().getColumnCount();
				while (r.next()) {
					StringJoiner line = new StringJoiner("\t");
					for (int i = 1; i <= n; i++) line.add(r.getString(i) == null ? "" : r.getString(i));
					out.print(line + "\n");
				}
			}
		}
		out.flush();
	}
}
