#pragma once

#include "store/transaction.h"

#include <memory>
#include <span>
#include <string>

namespace comity::store {

/// Whether an address names a PostgreSQL server and not a file.
bool is_postgres(std::string_view address);

/// One step in the life of a room's tables. Steps are for ever: append, never change.
struct Migration {
    std::string_view room;
    int version; ///< 1, 2, 3 ... within the room.
    std::string_view sql;
};

/// Who runs the writes: a thread that commits them in groups, or the caller one by one (tests and
/// the simulator, where the order of everything must be the caller's).
enum class Writer : std::uint8_t { group_thread, caller };

constexpr std::size_t group_writes_max = 256;
constexpr std::size_t queued_writes_max = 4096;
constexpr std::size_t idle_readers_max = 16;
constexpr int settle_seconds_max = 30;

/// The node's durable memory: one writer, many readers. A write returns when its group is on disk
/// (SQLite in WAL mode, synchronous FULL; PostgreSQL with synchronous_commit on, which waits for
/// the standby where the server has a synchronous one), so what a caller was told is never lost.
///
/// A file is for one process. A PostgreSQL database may serve several: their groups take turns.
/// Where the line breaks on a commit, the store asks the server what became of it for
/// `settle_seconds_max`; only after that is a write answered as unavailable with the words "not
/// known".
class Store {
public:
    /// Opens or creates, takes a file for this process alone, brings the tables up to date. The
    /// address is a path (SQLite) or postgresql://... (libpq's own form, several hosts allowed).
    /// Errors: malformed (address); conflict (file in use; database of a newer version, or not in
    /// UTF-8); unavailable.
    static Result<std::unique_ptr<Store>> open(std::string const& address,
        std::span<Migration const> migrations, Writer writer = Writer::group_thread);
    /// For looking only, beside a running node or without one.
    static Result<std::unique_ptr<Store>> open_for_reading(
        std::string const& address, std::span<Migration const> migrations);
    ~Store();

    /// Work in the next group. An error undoes this work alone; the rest of the group stands.
    template <class Work> auto write(Work const& work) -> std::invoke_result_t<Work, Transaction&>
    {
        using Answer = std::invoke_result_t<Work, Transaction&>;
        std::optional<Answer> answer;
        auto const done = submit([&](Transaction& transaction) -> Result<void> {
            answer = work(transaction);
            if (!answer->ok()) return answer->error();
            return {};
        });
        if (!done.ok()) return done.error();
        return std::move(*answer);
    }

    /// Work on a snapshot that later writes do not disturb.
    template <class Work> auto read(Work const& work) -> std::invoke_result_t<Work, Transaction&>
    {
        using Answer = std::invoke_result_t<Work, Transaction&>;
        std::optional<Answer> answer;
        auto const done = snapshot([&](Transaction& transaction) -> Result<void> {
            answer = work(transaction);
            if (!answer->ok()) return answer->error();
            return {};
        });
        if (!done.ok()) return done.error();
        return std::move(*answer);
    }

    /// Runs in every group after its works and before their finishers: where the ledger integrates
    /// new leaves. Set before the first write.
    void on_group(Transaction::Finisher hook);
    /// Runs when the tables are no longer what this store's own groups made of them: after a group
    /// that failed to commit, and before the works of a group if another process wrote since the
    /// last. Whoever keeps state in memory notes that, and reads it again in the next group.
    void on_undone(std::function<void()> hook);

    /// The number of this opening; no other opening of the same database has it.
    std::int64_t process() const;

    struct State;
    explicit Store(std::unique_ptr<State> state);

private:
    Result<void> submit(Transaction::Finisher const& work);
    Result<void> snapshot(Transaction::Finisher const& work);

    std::unique_ptr<State> state_;
};

} // namespace comity::store
