import { Directive, Query, Resolver } from 'type-graphql';
import { readVersion } from '../config/version';

const VERSION = readVersion();

@Resolver()
export class VersionResolver {
  @Query(() => String, { description: 'The version of the service (SemVer), for example 1.4.0.' })
  @Directive('@public')
  version(): string {
    return VERSION;
  }
}
