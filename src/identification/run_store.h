#pragma once

#include "message/first_connection.h"
#include "store/store.h"

/// Where each first connection stands, durable: a run goes on after a crash where it was.
namespace comity::identification {

enum class RunState : std::uint8_t {
    proposed, ///< The other Party has not said yes or no.
    agreed, ///< It may begin.
    refused,
    running,
    complete
};
BOOST_DESCRIBE_ENUM(RunState, proposed, agreed, refused, running, complete)

struct RunRow {
    std::string number {}; ///< Of our case.
    std::string peer_number {}; ///< Of the same case there; empty until it is known.
    std::string peer {}; ///< The other State.
    bool ours = false; ///< Our profiles go there; else theirs come here.
    message::ProfileKind kind = message::ProfileKind::stain;
    RunState state = RunState::proposed;
    bool stopped_here = false, stopped_there = false;
    std::int64_t profiles = 0, portions = 0;
    std::int64_t portions_sent = 0; ///< Of ours; of theirs, those that came.
    std::int64_t portions_done = 0; ///< With their whole result.
    std::int64_t profiles_done = 0, hits = 0;
    std::optional<message::DnaRunChance> chance {};
    std::string proposal {}; ///< Id of the message.
    Instant proposed_at {};
    std::optional<Instant> begun_at {}, due_at {};
    Instant moved_at {}; ///< When the last portion was sent or its result came.
    std::int64_t failures = 0;
    Instant not_before {}; ///< After a failure nothing is sent until then.
};

/// Error: conflict where a run has that number.
Result<void> insert_run(store::Transaction& transaction, RunRow const& row);
Result<void> save_run(store::Transaction& transaction, RunRow const& row);
Result<std::optional<RunRow>> find_run(store::Transaction& transaction, std::string_view number);
/// The newest first.
Result<std::vector<RunRow>> list_runs(store::Transaction& transaction, std::int64_t limit);
/// Of ours, those that run, that nobody stopped and that have a portion to send, while fewer than
/// `under_way_max` portions wait for their results.
Result<std::vector<RunRow>> runs_to_send(
    store::Transaction& transaction, Instant now, std::int64_t under_way_max);

/// Items of the vault in the order in which their profiles are compared.
Result<void> insert_run_profiles(
    store::Transaction& transaction, std::string_view number, std::span<std::string const> items);
/// Those of the places from `first` on, `count` at most.
Result<std::vector<std::string>> run_profiles(store::Transaction& transaction,
    std::string_view number, std::int64_t first, std::int64_t count);
Result<void> delete_run_profiles(store::Transaction& transaction, std::string_view number);

struct RunPortion {
    std::string number;
    std::int64_t portion = 0; ///< From 1.
    std::string message; ///< Id of the message that carried it.
    std::int64_t profiles = 0, hits = 0;
    /// Messages of its result that have not come: -1 before the first of them, 0 when done.
    std::int64_t sheets_missing = -1;
};
/// Error: conflict where the run has that portion.
Result<void> insert_portion(store::Transaction& transaction, RunPortion const& row);
Result<void> save_portion(store::Transaction& transaction, RunPortion const& row);
Result<void> delete_portion(store::Transaction& transaction, RunPortion const& row);
Result<std::optional<RunPortion>> find_portion(
    store::Transaction& transaction, std::string_view number, std::int64_t portion);
Result<std::optional<RunPortion>> find_portion(
    store::Transaction& transaction, std::string_view message);
/// Those without their result, by number.
Result<std::vector<RunPortion>> portions_waiting(
    store::Transaction& transaction, std::string_view number);
/// Those with hits, by number, after `after`.
Result<std::vector<RunPortion>> portions_with_hits(store::Transaction& transaction,
    std::string_view number, std::int64_t after, std::int64_t limit);

} // namespace comity::identification
