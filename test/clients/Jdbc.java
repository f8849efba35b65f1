// Prints the views of a schema as JDBC shows them; see test/t/012_clients.pl.
// java -cp postgresql.jar Jdbc.java URL SCHEMA KPI SINCE
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.time.*;
import java.time.format.DateTimeFormatter;
import java.util.*;

class Jdbc {
	static final PrintStream out =
		new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

	static final DateTimeFormatter MOMENT =
		DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

	static void print(Object... fields) {
		StringJoiner line = new StringJoiner("\t");
		for (Object f : fields)
			line.add(f == null ? "\\N"
				: f instanceof OffsetDateTime ? MOMENT.format((OffsetDateTime) f)
				: f instanceof Double ? String.format("%016x", Double.doubleToRawLongBits((Double) f)) : f.toString());
		out.print(line + "\n");
	}

	// what a tool makes of a column: it asks for the class, and then for a value of it
	static String type(ResultSetMetaData m, int i) throws SQLException {
		switch (m.getColumnType(i) + " " + m.getColumnClassName(i)) {
		case Types.DATE + " java.sql.Date": return "date";
		case Types.TIMESTAMP + " java.sql.Timestamp":
			return m.getColumnTypeName(i).equals("timestamptz") ? "timestamp with time zone" : "timestamp";
		case Types.DOUBLE + " java.lang.Double": return "double";
		case Types.INTEGER + " java.lang.Integer": return "integer";
		case Types.BIGINT + " java.lang.Long": return "bigint";
		case Types.BIT + " java.lang.Boolean": return "boolean";
		case Types.VARCHAR + " java.lang.String": return "text";
		}
		return m.getColumnTypeName(i) + ", " + m.getColumnClassName(i);
	}

	static void rows(String name, PreparedStatement query) throws SQLException {
		try (ResultSet r = query.executeQuery()) {
			ResultSetMetaData m = r.getMetaData();
			int n = m.getColumnCount();
			while (r.next()) {
				Object[] fields = new Object[n + 2];
				fields[0] = "row";
				fields[1] = name;
				for (int i = 1; i <= n; i++)
					fields[i + 1] = m.getColumnType(i) == Types.DATE ? r.getObject(i, LocalDate.class)
						: m.getColumnType(i) == Types.TIMESTAMP ? r.getObject(i, OffsetDateTime.class) : r.getObject(i);
				print(fields);
			}
		}
	}

	public static void main(String[] a) throws Exception {
		try (Connection c = DriverManager.getConnection(a[0])) {
			DatabaseMetaData d = c.getMetaData();
			String q = d.getIdentifierQuoteString(), from = " FROM " + q + a[1] + q + ".";
			List<String> views = new ArrayList<>();
			try (ResultSet r = d.getTables(null, a[1], "%", new String[] { "VIEW" })) {
				while (r.next()) {
					views.add(r.getString("TABLE_NAME"));
					print("view", r.getString("TABLE_NAME"), r.getString("REMARKS"));
				}
			}
			for (String view : views) {
				try (PreparedStatement all = c.prepareStatement("SELECT *" + from + view);
						ResultSet r = d.getColumns(null, a[1], view, "%")) {
					for (int i = 1; r.next(); i++)
						print("column", view, r.getString("COLUMN_NAME"), type(all.getMetaData(), i),
							r.getString("REMARKS"));
					rows(view, all);
				}
			}
			PreparedStatement s = c.prepareStatement(
				"SELECT *" + from + "kpi_by_period WHERE kpi = ? AND period_start >= ? AND complete = ?");
			s.setString(1, a[2]);
			s.setObject(2, LocalDate.parse(a[3]));
			s.setBoolean(3, true);
			rows("filter", s);
		}
		out.flush();
	}
}
