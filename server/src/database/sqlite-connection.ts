interface Statement {
  all(...values: unknown[]): unknown[];
  run(...values: unknown[]): unknown;
}

/** The part of a libsql connection that is used here. */
export interface SqliteConnection {
  pragma(statement: string): unknown;
  prepare(sql: string): Statement;
}

/**
 * Passes the values of a statement to libsql as a list. TypeORM passes them one by one, and libsql takes a
 * single null for an object of named parameters, which fails.
 */
export function bindValuesAsList(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => {
    const statement = prepare(sql);
    const all = statement.all.bind(statement);
    const run = statement.run.bind(statement);
    statement.all = (...values) => all(values);
    statement.run = (...values) => run(values);
    return statement;
  };
}
