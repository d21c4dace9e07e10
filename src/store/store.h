#pragma once

#include "store/transaction.h"

#include <filesystem>
#include <memory>
#include <span>

namespace comity::store {

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

/// The node's durable memory: one writer, many readers. A write returns when its group is on disk
/// (SQLite in WAL mode, synchronous FULL), so what a caller was told is never lost.
class Store {
public:
    /// Opens or creates, takes the folder for this process alone, brings the tables up to date.
    /// Errors: conflict (folder in use; database of a newer version), unavailable.
    static Result<std::unique_ptr<Store>> open(std::filesystem::path const& path,
        std::span<Migration const> migrations, Writer writer = Writer::group_thread);
    /// For looking only, beside a running node or without one.
    static Result<std::unique_ptr<Store>> open_for_reading(
        std::filesystem::path const& path, std::span<Migration const> migrations);
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
    /// Runs after a group that failed to commit: whoever keeps state in memory reads it again.
    void on_undone(std::function<void()> hook);

    struct State;
    explicit Store(std::unique_ptr<State> state);

private:
    Result<void> submit(Transaction::Finisher const& work);
    Result<void> snapshot(Transaction::Finisher const& work);

    std::unique_ptr<State> state_;
};

} // namespace comity::store
