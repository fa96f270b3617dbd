/** Ports of one run. */
export interface Ports {
  member: number;
  admin: number;
  paddle: number;
  uploadthing: number;
  /** Where a clearing service for invoices is simulated; left out where none is. */
  efaktura?: number | undefined;
}

/** Where the parts of one run answer. */
export interface Addresses {
  member: string;
  admin: string;
  paddle: string;
  uploadthing: string;
}

/** The plain addresses; a tenant's portal is the same with the tenant's label before the host. */
export function addressesOf(ports: Ports, rootDomain = 'localhost'): Addresses {
  return {
    member: `http://${rootDomain}:${ports.member}`,
    admin: `http://${rootDomain}:${ports.admin}`,
    paddle: `http://localhost:${ports.paddle}`,
    uploadthing: `http://localhost:${ports.uploadthing}`,
  };
}

/** `http://localhost:3000` and `ks` give `http://ks.localhost:3000`. */
export function ofTenant(address: string, slug: string): string {
  const url = new URL(address);
  return `${url.protocol}//${slug}.${url.host}`;
}
