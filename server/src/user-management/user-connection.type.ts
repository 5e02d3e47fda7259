import { connectionOf } from '../database/connection.type';
import { User } from '../users/user.entity';

export const { Connection: UserConnection, ConnectionResolver: UserConnectionResolver } = connectionOf(
  User,
  'User',
  'users',
);
