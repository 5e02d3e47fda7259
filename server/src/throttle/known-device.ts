import { createHmac, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { RequestContext } from '../request/request-context';

/** A user in one sign-in generation: whatever ends their sessions, a new password above all, ends this too. */
export interface DeviceUser {
  readonly userId: number;
  readonly signInGeneration: number;
}

/** A browser that users have signed in with before. */
interface Device {
  readonly id: string;
  readonly users: readonly DeviceUser[];
}

/** So many of the last users of a shared workstation are known. */
const MAXIMUM_USERS = 10;

const TOKEN = /^([\w-]{22})\.(\d{1,10}_\d{1,10}(?:-\d{1,10}_\d{1,10}){0,9})\.([\w-]{43})$/;

/** The id of the browser when this user has signed in with it before, otherwise null. */
export function knownDeviceOf(
  { keys, deviceCookie }: RequestContext,
  { userId, signInGeneration }: DeviceUser,
): string | null {
  const device = readDevice(keys.device, deviceCookie.read());
  const knows = (user: DeviceUser) => user.userId === userId && user.signInGeneration === signInGeneration;
  return device?.users.some(knows) ? device.id : null;
}

/** Sets the device cookie, which then names this user too. */
export function rememberDevice(
  { keys, deviceCookie }: RequestContext,
  { userId, signInGeneration }: DeviceUser,
): void {
  const device = readDevice(keys.device, deviceCookie.read());
  const id = device?.id ?? randomBytes(16).toString('base64url');
  const others = (device?.users ?? []).filter((other) => other.userId !== userId);
  const users = [{ userId, signInGeneration }, ...others].slice(0, MAXIMUM_USERS);
  const content = `${id}.${users.map((user) => `${user.userId}_${user.signInGeneration}`).join('-')}`;
  deviceCookie.set(`${content}.${macOf(keys.device, content)}`);
}

/** Null for anything but a cookie that this service has signed. */
function readDevice(key: KeyObject, token: string | null): Device | null {
  const [, id = '', users = '', mac = ''] = TOKEN.exec(token ?? '') ?? [];
  const expected = Buffer.from(macOf(key, `${id}.${users}`));
  if (id === '' || !timingSafeEqual(Buffer.from(mac), expected)) return null;
  return { id, users: users.split('-').map(toDeviceUser) };
}

function toDeviceUser(text: string): DeviceUser {
  const [userId, signInGeneration] = text.split('_').map(Number);
  return { userId: userId!, signInGeneration: signInGeneration! };
}

function macOf(key: KeyObject, content: string): string {
  return createHmac('sha256', key).update(content).digest('base64url');
}
