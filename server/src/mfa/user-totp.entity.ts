import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { User } from '../users/user.entity';

/** The TOTP secret (RFC 6238) that a user's authenticator app makes codes from. */
@Entity('user_totp')
export class UserTotp {
  @PrimaryColumn({ type: 'int' })
  userId: number;

  @OneToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_user_totp_user' })
  user: Relation<User>;

  @Column({ type: 'varchar', length: 255, name: 'sealed_secret' })
  encryptedSecret: string;

  /** The newest 30-second step whose code was used; its code and earlier ones are refused (RFC 6238, 5.2). */
  @Column({ type: 'int', nullable: true })
  lastUsedStep: number | null;

  /** Null until the first code proved that the user's app holds the secret. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  confirmedAt: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
