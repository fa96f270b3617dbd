const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(self), usb=()',
};

/** The headers of every answer of ours, whatever its status (S-01). */
export function securityHeaders(secure: boolean): Readonly<Record<string, string>> {
  return secure ? { ...always, 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : always;
}

/** The headers of answers that are data: never cached, never a document of their own. */
export function dataHeaders(secure: boolean): Readonly<Record<string, string>> {
  return { ...securityHeaders(secure), 'cache-control': 'private, no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
}
