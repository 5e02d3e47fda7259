import { connectionOf } from '../database/connection.type';
import { ViewerSession } from './account.payloads';

export const { Connection: ViewerSessionConnection, ConnectionResolver: ViewerSessionConnectionResolver } =
  connectionOf(ViewerSession, 'ViewerSession', 'sessions');
