// What a web page does with Leadwright, typed by the document alone: sign in, list leads, create one, change it.
// It is compiled with each change of the document and never run.
import createClient from "openapi-fetch";
import type { components, operations, paths } from "./generated/leadwright";

type Lead = components["schemas"]["Lead"];
type NewLead = components["schemas"]["CreateLead"];
type Problem = components["schemas"]["Problem"];
type Filters = NonNullable<operations["listLeads"]["parameters"]["query"]>;

const api = createClient<paths>({ baseUrl: "https://leads.example.com" });

/** A problem, thrown. */
class Failed extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  /** What to show beside each input of a form. */
  faults(): Map<string, string> {
    const faults = this.problem.errors ?? [];
    return new Map(faults.map((fault) => [fault.pointer ?? fault.parameter ?? fault.header ?? "", fault.detail]));
  }
}

export async function signIn(email: string, password: string): Promise<string> {
  const { data, error } = await api.POST("/api/v1/auth/login", { body: { email, password } });
  if (error) throw new Failed(error);
  api.use({
    onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${data.access_token}`);
      return request;
    },
  });
  return data.refresh_token;
}

/** All leads that fit, page after page. */
export async function* leads(filters: Filters): AsyncGenerator<string> {
  let cursor: string | null | undefined;
  do {
    const query: Filters = cursor ? { ...filters, cursor } : filters;
    const { data, error } = await api.GET("/api/v1/leads", { params: { query } });
    if (error) throw new Failed(error);
    for (const lead of data.data) yield `${lead.contact_name ?? "?"}: ${lead.status ?? "?"}`;
    cursor = data.page.next_cursor;
  } while (cursor);
}

export const hotOnes = () => leads({ rating: "hot", status: "new,contacted", sort: "-score", limit: 100 });

/** The same in one condition, as a search. */
export async function visitorsOfPricing(): Promise<number> {
  const where: components["schemas"]["Condition"] = {
    interaction: "page_viewed",
    where: { field: "interaction.url", op: "contains", value: "/pricing" },
    count: { gte: 2 },
  };
  const { data, error } = await api.POST("/api/v1/leads/search", { body: { where, count: "exact", limit: 1 } });
  if (error) throw new Failed(error);
  return data.total ?? 0;
}

export async function create(lead: NewLead, key: string): Promise<Lead> {
  const { data, error, response } = await api.POST("/api/v1/leads", {
    params: { header: { "Idempotency-Key": key } },
    body: lead,
  });
  if (error) {
    if (response.status === 409) console.warn("known already", error.code);
    throw new Failed(error);
  }
  if ("action" in data) throw new Error("this was a dry run");
  return data;
}

export const jane: NewLead = {
  contact_name: "Jane Doe",
  email: "jane.doe@example.com",
  company_name: "Acme",
  source: "website",
  priority: "high",
};

/** Changes a lead, unless somebody else did so meanwhile: then it is read again, and the change said again. */
export async function rename(id: string, name: string): Promise<Lead> {
  const path = { lead_id: id };
  const read = await api.GET("/api/v1/leads/{lead_id}", { params: { path } });
  if (read.error) throw new Failed(read.error);
  const tag = read.response.headers.get("ETag") ?? "*";
  const { data, error, response } = await api.PATCH("/api/v1/leads/{lead_id}", {
    params: { path, header: { "If-Match": tag } },
    body: { contact_name: name },
  });
  if (response.status === 412) return rename(id, name);
  if (error) throw new Failed(error);
  return data;
}

export async function importFile(file: File): Promise<string> {
  const { data, error } = await api.POST("/api/v1/imports", {
    params: { query: { mode: "review" } },
    headers: { "Content-Type": "text/csv" },
    body: await file.text(),
  });
  if (error) throw new Failed(error);
  return data.id;
}

export async function signOut(refreshToken: string): Promise<void> {
  const { error } = await api.POST("/api/v1/auth/logout", { body: { refresh_token: refreshToken } });
  if (error) throw new Failed(error);
}
