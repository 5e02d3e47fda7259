import { Field, ID, InputType } from 'type-graphql';
import { IfPresent, IsGiven } from '../validation/input-rules';
import { IsPersonName, IsPhone } from '../users/user-fields';

@InputType({ description: 'Fields that are absent stay as they are.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsPersonName('First name')
  firstName?: string;

  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsPersonName('Last name')
  lastName?: string;

  @Field(() => String, { nullable: true })
  @IfPresent()
  @IsPhone('Phone')
  phone?: string;
}

@InputType()
export class ChangePasswordInput {
  @Field(() => String)
  @IsGiven('Current password')
  currentPassword: string;

  @Field(() => String)
  newPassword: string;
}

@InputType()
export class RemoveMfaInput {
  @Field(() => String)
  @IsGiven('Password')
  password: string;

  @Field(() => String, { description: 'Six digits from the authenticator app.' })
  @IsGiven('Code')
  code: string;
}

@InputType()
export class ReplaceRecoveryCodesInput {
  @Field(() => String, { description: 'Six digits from the authenticator app.' })
  @IsGiven('Code')
  code: string;
}

@InputType()
export class EndSessionInput {
  @Field(() => ID)
  id: string;
}
