export type Tuning = {
  /** False only for throw-away data: a crash of the machine may then destroy it. */
  readonly durable: boolean;
  readonly maxConnections: number;
};

/** The whole `postgresql.conf`. Small by default: memory that is not used is not taken. */
export function settingsText(sockets: string, { durable, maxConnections }: Tuning): string {
  const settings: Record<string, string | number> = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    port: 5432,
    max_connections: maxConnections,
    superuser_reserved_connections: 3,
    // A request whose process died must not hold its locks until the statement ends.
    client_connection_check_interval: '10s',

    shared_buffers: '128MB',
    huge_pages: 'off',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    effective_cache_size: '512MB',
    random_page_cost: 1.1,
    jit: 'off',
    // No pool of helper processes: each costs memory while idle, and parallel plans take the CPU from the application.
    io_method: 'sync',
    max_worker_processes: 4,
    max_logical_replication_workers: 0,
    max_parallel_workers_per_gather: 0,
    autovacuum_max_workers: 2,
    // A table that was empty a moment ago: plans made for it are no good for what has come in since.
    autovacuum_naptime: '15s',

    wal_level: 'replica',
    max_wal_senders: 2,
    max_wal_size: '512MB',
    checkpoint_timeout: '15min',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',

    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, ymd',
    default_text_search_config: 'pg_catalog.simple',
    // Errors are logged by the application with their context; the server's log must not repeat customers' data.
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: 0,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${typeof value === 'number' ? value : quoted(value)}`);
  return ['# Written by Rapport at every start. Put your own settings into custom.conf.', ...lines, "include_if_exists = 'custom.conf'", ''].join('\n');
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
