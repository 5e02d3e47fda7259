import { Draft } from '../form/draft';

export interface Profile {
  firstName: string;
  lastName: string;
  phone: string;
}

export const draftProfile = new Draft<Profile>();
