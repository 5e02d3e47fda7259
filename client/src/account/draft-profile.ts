import { Draft } from '../draft';

export interface Profile {
  firstName: string;
  lastName: string;
  phone: string;
}

export const draftProfile = new Draft<Profile>();
