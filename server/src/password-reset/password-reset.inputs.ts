import { Field, InputType } from 'type-graphql';
import { IsGiven } from '../validation/input-rules';

@InputType()
export class RequestPasswordResetInput {
  @Field(() => String)
  @IsGiven('Email')
  username: string;
}

@InputType()
export class ResetPasswordInput {
  @Field(() => String, { description: 'From the link in the mail.' })
  token: string;

  @Field(() => String, { description: 'With a lowercase and an uppercase letter; see passwordPolicy.' })
  newPassword: string;
}
