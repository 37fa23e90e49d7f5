import os
import sqlite3
import sys

database = sqlite3.connect(os.environ["DATABASE_URL"].removeprefix("sqlite:///"))
if sys.argv[1] == "create":
    database.execute("create table sales (what text)")
else:
    database.execute("insert into sales values ('hat')")
    print(database.execute("select count(*) from sales").fetchone()[0], "sold")
database.commit()
