import { FROM_USERS, SELECT_USERS } from '../server/src/users/user-view';

/** What a users page asks for: 50 rows, 8 fields and the role. */
export const USERS_PAGE = `{
  users(first: 50, sort: [{ field: LAST_NAME }]) {
    nodes { id firstName lastName username phone enabled mfaEnabled version role { id name } }
  }
}`;

/** The two statements that the service runs for it. */
export const VIEWER_SQL = `SELECT u.username, u.organization_id, r.permissions, s.expires_at
  FROM session s JOIN user u ON u.id = s.user_id JOIN role r ON r.id = u.role_id
  WHERE s.id = ? AND s.user_id = ? AND s.ended_at IS NULL AND u.enabled = 1`;

export const PAGE_SQL = `${SELECT_USERS}, u.last_name_key AS sort_0, u.id AS sort_1 ${FROM_USERS}
  WHERE u.organization_id = ? ORDER BY u.last_name_key ASC, u.id ASC LIMIT 51`;
