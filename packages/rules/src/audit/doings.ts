/** What a person looks for in the trail: changed records, opened papers, what was taken away, who came in and how, super admins inside the tenant. */
export const auditDoings = ['changes', 'papers', 'exports', 'signIns', 'entries'] as const
export type AuditDoing = (typeof auditDoings)[number]
