import { Field, InputType } from 'type-graphql';
import { IsGiven } from '../validation/input-rules';

@InputType()
export class SignInInput {
  @Field(() => String)
  @IsGiven('Username')
  username: string;

  @Field(() => String)
  @IsGiven('Password')
  password: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'For programs: answer the refresh token instead of setting the cookie of a browser.',
  })
  withRefreshToken: boolean;
}

@InputType()
export class RefreshSessionInput {
  @Field(() => String, { nullable: true, description: 'For programs; a browser sends its cookie.' })
  refreshToken?: string | null;
}
