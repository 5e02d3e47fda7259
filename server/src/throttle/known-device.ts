import { createHmac, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { RequestContext } from '../request/request-context';

/** A browser that users have signed in with before. */
interface Device {
  readonly id: string;
  readonly userIds: readonly number[];
}

/** So many of the last users of a shared workstation are known. */
const MAXIMUM_USERS = 10;

const TOKEN = /^([\w-]{22})\.([1-9]\d{0,9}(?:-[1-9]\d{0,9})*)\.([\w-]{43})$/;

/** The id of the browser when this user has signed in with it before, otherwise null. */
export function knownDeviceOf({ keys, deviceCookie }: RequestContext, userId: number): string | null {
  const device = readDevice(keys.device, deviceCookie.read());
  return device?.userIds.includes(userId) ? device.id : null;
}

/** Sets the device cookie, which then names this user too. */
export function rememberDevice({ keys, deviceCookie }: RequestContext, userId: number): void {
  const device = readDevice(keys.device, deviceCookie.read());
  const id = device?.id ?? randomBytes(16).toString('base64url');
  const others = (device?.userIds ?? []).filter((other) => other !== userId);
  const content = `${id}.${[userId, ...others].slice(0, MAXIMUM_USERS).join('-')}`;
  deviceCookie.set(`${content}.${macOf(keys.device, content)}`);
}

/** Null for anything but a cookie that this service has signed. */
function readDevice(key: KeyObject, token: string | null): Device | null {
  const [, id = '', userIds = '', mac = ''] = TOKEN.exec(token ?? '') ?? [];
  const expected = Buffer.from(macOf(key, `${id}.${userIds}`));
  if (id === '' || !timingSafeEqual(Buffer.from(mac), expected)) return null;
  return { id, userIds: userIds.split('-').map(Number) };
}

function macOf(key: KeyObject, content: string): string {
  return createHmac('sha256', key).update(content).digest('base64url');
}
