import { Field, InputType } from 'type-graphql';
import { NEW_PASSWORD } from '../passwords/password-policy';
import { IsGiven } from '../validation/input-rules';

@InputType({ description: 'Names who is to get the mail.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The email address that the user signs in with; case does not count.' })
  @IsGiven('Email')
  username: string;
}

@InputType({ description: 'A mailed token and the password to set with it.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The token of the mailed link: what stands behind #token= there.' })
  token: string;

  @Field(() => String, { description: NEW_PASSWORD })
  newPassword: string;
}
