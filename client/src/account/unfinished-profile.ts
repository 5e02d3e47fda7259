import { UnfinishedWork } from '../unfinished-work';

export interface Profile {
  firstName: string;
  lastName: string;
  phone: string;
}

export const unfinishedProfile = new UnfinishedWork<Profile>();
