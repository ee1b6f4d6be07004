/** What rights in access control lists are worth, by what they are on. The words are the collector's. */

/** Rights that give every right on the object, directly or by a step that no one else has to take. */
export const OWNING = [
  'GenericAll',
  'WriteDacl',
  'WriteOwner',
  'Owns',
  'OwnsRights',
  'OwnsLimitedRights',
  'WriteOwnerLimitedRights',
] as const;

/** On an account: its password, its keys or what it trusts can be set or read. */
export const TAKES_ACCOUNT = [
  ...OWNING,
  'GenericWrite',
  'AllExtendedRights',
  'ForceChangePassword',
  'AddKeyCredentialLink',
  'ReadGMSAPassword',
  'ReadLAPSPassword',
  'AddAllowedToAct',
  'WriteAccountRestrictions',
] as const;

/** On an account: its service ticket can be asked for, and its password be guessed from that. */
export const CRACKS_ACCOUNT = ['WriteSPN'] as const;

export const TAKES_GROUP = [...OWNING, 'GenericWrite', 'AddMember', 'AddSelf', 'AllExtendedRights'] as const;

/** On a domain, unit or container: an entry that all in it inherit can be written. */
export const TAKES_CONTENTS = [...OWNING] as const;

/** On a domain or unit: a policy can be linked to it. */
export const LINKS_POLICY = ['GenericWrite', 'WriteGPLink'] as const;

/** On a domain: all secrets are handed out. GetChanges and GetChangesAll do so together. */
export const REPLICATES = ['DCSync', 'AllExtendedRights'] as const;

export const TAKES_POLICY = [...OWNING, 'GenericWrite'] as const;

/** On certificate templates, authorities and stores: what they issue and whom they trust can be set. */
export const TAKES_CERTIFICATES = [
  ...OWNING,
  'GenericWrite',
  'ManageCA',
  'ManageCertificates',
  'WritePKIEnrollmentFlag',
  'WritePKINameFlag',
] as const;

/** Any of them lets its holder enrol. */
export const ENROLS = ['Enroll', 'GenericAll', 'AllExtendedRights'] as const;
