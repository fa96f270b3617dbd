import type { ServerResponse } from 'node:http';

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

/** The content policy of everything that is no page of ours: it may load, send and be framed nowhere. */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const dataOnly: Readonly<Record<string, string>> = { 'cache-control': 'private, no-store', 'content-security-policy': closedPolicy };

/** The headers of answers that are data: never cached, never a document of their own. */
export function dataHeaders(secure: boolean): Readonly<Record<string, string>> {
  return { ...securityHeaders(secure), ...dataOnly };
}

const needsCharset = /^(?:text\/[\w.+-]+|application\/(?:json|javascript|manifest\+json)|image\/svg\+xml)$/iu;

/**
 * Fills in what an answer does not say of itself, at the moment when its head is written. Next answers files, redirects of its own,
 * unknown methods and faults past every hook that it offers; nothing may leave without these headers (S-01).
 */
export function completeHead(response: ServerResponse, secure: boolean): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  const complete = (...args: unknown[]): ServerResponse => {
    for (const [name, value] of Object.entries(dataHeaders(secure))) if (!response.hasHeader(name)) response.setHeader(name, value);
    // Next appends what a route says, so that one value comes as a list
    const type = String(response.getHeader('content-type') ?? 'text/plain');
    response.setHeader('content-type', needsCharset.test(type) ? `${type}; charset=utf-8` : type);
    return writeHead(...args);
  };
  response.writeHead = complete;
}
