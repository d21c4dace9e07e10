"""The rows of a node on SQLite into the PostgreSQL of another, in the order in which they came: a million cases take
minutes, where the statements of an exchange, one way to the server each, take an hour."""
import shutil
import sqlite3
import subprocess
import tomllib

rows_at_once = 2000
own_to_a_store = "store_"  # whose tables say which process opened this very database


def database_of(folder):
    """The server of the node in it; none on SQLite."""
    return tomllib.loads((folder / "node.toml").read_text()).get("database")


def ask(server, *statements, **more):
    words = [word for each in statements for word in ("-c", each)]
    return subprocess.run(["psql", server, "-qXAt", "-v", "ON_ERROR_STOP=1", *words], check=True,
                          stdout=subprocess.PIPE, text=True, **more).stdout


def columns_of(server):
    """Of each table: name, type and whether it numbers the rows."""
    tables = {}
    for line in ask(server, "SELECT table_name, column_name, data_type, is_identity FROM information_schema.columns "
                            "WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position").splitlines():
        table, *column = line.split("|")
        if not table.startswith(own_to_a_store):
            tables.setdefault(table, []).append(column)
    return tables


def as_copied(name, kind):
    """The SQL of SQLite for a value as COPY reads it."""
    value = f"CAST({name} AS TEXT)"
    if kind == "bytea":
        value = f"'\\\\x' || CASE WHEN {name} IS NOT NULL THEN hex({name}) END"
    if kind == "text":
        value = name
        for sign, said in (("'\\'", "'\\\\'"), ("char(9)", "'\\t'"), ("char(10)", "'\\n'"), ("char(13)", "'\\r'")):
            value = f"replace({value}, {sign}, {said})"
    return f"coalesce({value}, '\\N')"


def copy_table(source, server, table, columns):
    names = ", ".join(name for name, _, _ in columns)
    line = " || char(9) || ".join(as_copied(name, kind) for name, kind, _ in columns)
    # Emptied and filled in one transaction: the server may leave its log out.
    into = subprocess.Popen(["psql", server, "-qXAt", "-v", "ON_ERROR_STOP=1", "-c", "BEGIN", "-c", f"TRUNCATE {table}",
                             "-c", f"COPY {table} ({names}) FROM STDIN", "-c", "COMMIT"],
                            stdin=subprocess.PIPE, text=True, encoding="utf-8")
    rows = source.execute(f"SELECT {line} FROM {table} ORDER BY rowid")
    while some := rows.fetchmany(rows_at_once):
        into.stdin.write("".join(each + "\n" for each, in some))
    into.stdin.close()
    assert into.wait() == 0, f"{table} was not copied"
    for name, _, numbers in columns:
        if numbers == "YES":
            ask(server, f"SELECT setval(pg_get_serial_sequence('{table}', '{name}'), max({name})) FROM {table}")


def copy_node(of, to):
    """Tables, keys and trust of the node in one folder; address and ports of the other stay."""
    server = database_of(to)
    source = sqlite3.connect(of / "node.db")
    for table, columns in columns_of(server).items():
        copy_table(source, server, table, columns)
    source.close()
    ask(server, "VACUUM ANALYZE")
    for each in of.iterdir():
        if each.name.startswith("node."):
            continue
        if each.is_dir():
            shutil.copytree(each, to / each.name, dirs_exist_ok=True)
        else:
            shutil.copy2(each, to / each.name)
