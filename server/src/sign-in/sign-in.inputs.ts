import { Field, InputType } from 'type-graphql';
import { IsGiven } from '../validation/input-rules';

@InputType({ description: 'What a user signs in with.' })
export class SignInInput {
  @Field(() => String, { description: "The user's email address; case does not count." })
  @IsGiven('Username')
  username: string;

  @Field(() => String, { description: "The user's password." })
  @IsGiven('Password')
  password: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'For programs that keep no cookies: true gives the refresh token in the answer instead of as ' +
      'a cookie.',
  })
  withRefreshToken: boolean;
}

@InputType({ description: 'Names the session to renew.' })
export class RefreshSessionInput {
  @Field(() => String, {
    nullable: true,
    description: 'For programs: the latest refresh token. Absent in browsers, which send their cookie.',
  })
  refreshToken?: string | null;
}
