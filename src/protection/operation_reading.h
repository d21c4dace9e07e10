#pragma once

#include "protection/operation_log.h"

/// The log of operations as a supervisor goes through it. For data protection roles only: the
/// caller asks.
namespace comity::protection {

/// Whatever they are on, the newest first; at most operations_read_max.
Result<std::vector<OperationEntry>> newest_operations(
    store::Transaction& transaction, std::int64_t count_max);
Result<std::uint64_t> operations_count(store::Transaction& transaction);
/// Those noted from one instant to before another, in the order in which they were written, without
/// going through what is older. How many.
Result<std::uint64_t> each_operation(store::Transaction& transaction, Instant from, Instant until,
    std::function<void(OperationEntry const&)> const& hears);
/// By its place from 0, in the order in which they were written. Error: not_found.
Result<OperationEntry> operation_at(store::Transaction& transaction, std::uint64_t place);

} // namespace comity::protection
