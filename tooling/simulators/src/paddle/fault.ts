/** An answer of the API that says no, in the provider's shape. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly field?: string,
  ) {
    super(detail);
  }
}

export function faultBody(fault: ApiFault, requestId: string) {
  return {
    error: {
      type: fault.status >= 500 ? 'api_error' : 'request_error',
      code: fault.code,
      detail: fault.message,
      documentation_url: `https://developer.paddle.com/v1/errors/shared/${fault.code}`,
      ...(fault.field !== undefined && { errors: [{ field: fault.field, message: fault.message }] }),
    },
    meta: { request_id: requestId },
  };
}

export function notFound(id: string): ApiFault {
  return new ApiFault(404, 'not_found', `Entity ${id} not found`);
}

export function badField(field: string, detail: string): ApiFault {
  return new ApiFault(400, 'bad_request', detail, field);
}
