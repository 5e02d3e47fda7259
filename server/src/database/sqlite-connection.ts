interface Statement {
  all(...values: unknown[]): unknown[];
  run(...values: unknown[]): unknown;
}

/** What we use of a connection of libsql. */
export interface SqliteConnection {
  pragma(statement: string): unknown;
  prepare(sql: string): Statement;
}

/**
 * TypeORM hands libsql the values of a statement one by one, and a lone null is then taken for an
 * object of named parameters, which fails. As a list, values are always what they are.
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
