import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { CompanyPage, CompanyPersonPage, CompanyView, CustomerCompanies } from '../core/contract.ts';

export const companiesQuery = (q: string) => pagedQuery(['companies', 'list', q], '/companies', CompanyPage, { q });

export const companyOne = (id: string) => queryOptions({ queryKey: ['companies', 'one', id], queryFn: ({ signal }) => api.get(`/companies/${id}`, CompanyView, { signal }) });

export const companyPeople = (id: string) => pagedQuery(['companies', 'people', id], `/companies/${id}/people`, CompanyPersonPage);

export const customerCompanies = (customerId: string) =>
  queryOptions({ queryKey: ['companies', 'of', customerId], queryFn: ({ signal }) => api.beside(`/customers/${customerId}/companies`, CustomerCompanies, { signal }) });

/** A few, for choosing one. */
export const companiesLike = (q: string) =>
  queryOptions({ queryKey: ['companies', 'like', q], queryFn: ({ signal }) => api.get(`/companies?limit=8&q=${encodeURIComponent(q)}`, CompanyPage, { signal }) });

/** For conditions, under one key for every room that offers them. */
export const companiesToChoose = queryOptions({ queryKey: ['companies', 'to-choose'], queryFn: ({ signal }) => api.get('/companies?limit=100', CompanyPage, { signal }) });

export const refresh = (cache: QueryClient): Promise<void> => cache.invalidateQueries({ queryKey: ['companies'] });

export const putPerson = (companyId: string, customerId: string, body: { isContact?: boolean }): Promise<unknown> => api.put(`/companies/${companyId}/people/${customerId}`, body);
export const takeOut = (companyId: string, customerId: string): Promise<void> => api.delete(`/companies/${companyId}/people/${customerId}`);
