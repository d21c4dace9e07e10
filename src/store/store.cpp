#include "store/store.h"

#include "store/folder_lock.h"
#include "store/schema.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace comity::store {
namespace {

/// One caller's work, waiting for its group.
struct Pending {
    Transaction::Finisher const* work;
    Result<void> answer {};
    bool done = false;
};

} // namespace

struct Store::State {
    std::string address;
    FolderLock lock;
    Writer mode = Writer::caller;
    std::unique_ptr<Connection> writer;
    std::int64_t process = 0;
    std::int64_t turn = -1; // the number of this process's last group; SQLite counts none
    std::vector<Transaction::Finisher> group_hooks;
    std::vector<std::function<void()>> undone_hooks;

    std::mutex readers_mutex;
    std::vector<std::unique_ptr<Connection>> idle_readers;

    std::mutex mutex;
    std::condition_variable_any wake, finished;
    std::deque<Pending*> queue;
    std::jthread thread;
    std::optional<Error> group_lost;

    Result<void> set_up(std::span<Migration const> migrations);
    void work_until_stopped(std::stop_token const& stop);
    void commit_group(std::span<Pending*> group);
    Result<void> run_group(Transaction& transaction, std::span<Pending*> group);
    Result<void> take_turn(Transaction& transaction);
    Result<void> run_one(Transaction& transaction, Transaction::Finisher const& work);
    Result<void> commit();
    Result<bool> ask_outcome();
    Result<std::unique_ptr<Connection>> open_writer();
    Result<std::unique_ptr<Connection>> take_reader();
    void give_back(std::unique_ptr<Connection> reader);
};

Result<void> Store::State::set_up(std::span<Migration const> migrations)
{
    auto const prepare = [&]() -> Result<void> {
        TRY(writer->lock_schema());
        TRY(migrate(*writer, migrations));
        process = TRY(enroll(*writer));
        return {};
    };
    TRY(writer->begin());
    auto done = prepare();
    if (done.ok()) return writer->commit();
    static_cast<void>(writer->script("ROLLBACK"));
    return done;
}

/// Every process's group begins by counting itself, on one row: so they take turns, each sees
/// whether another was before it, and each finds its own last number after a broken line.
Result<void> Store::State::take_turn(Transaction& transaction)
{
    auto const number = TRY(
        transaction.one("UPDATE store_turn SET number = number + 1 WHERE id = 1 RETURNING number",
            [](Row const& row) { return row.integer(0); }));
    MUST(number.has_value());
    if (*number != turn + 1)
        for (auto const& hook : undone_hooks) hook();
    turn = *number;
    TRY(transaction.run("INSERT INTO store_process (id, number) VALUES ($1, $2) "
                        "ON CONFLICT (id) DO UPDATE SET number = excluded.number",
        process, turn));
    return {};
}

Result<void> Store::State::run_one(Transaction& transaction, Transaction::Finisher const& work)
{
    auto const finishers = transaction.finishers_.size();
    auto const notices = transaction.notices_.size();
    TRY(writer->soon("SAVEPOINT work"));
    auto answer = work(transaction);
    if (answer.ok() && writer->broken())
        answer = Error { Error::Kind::unavailable, "a statement failed in the middle of this" };
    if (!answer.ok()) {
        transaction.finishers_.resize(finishers);
        transaction.notices_.resize(notices);
        transaction.moment_ = Transaction::next_moment();
        // A full disk makes SQLite undo the whole transaction on its own: then the group is gone.
        if (!writer->script("ROLLBACK TO work").ok()) group_lost = answer.error();
    }
    if (!group_lost) TRY(writer->soon("RELEASE work"));
    return answer;
}

Result<void> Store::State::run_group(Transaction& transaction, std::span<Pending*> group)
{
    TRY(writer->begin());
    if (writer->shared()) TRY(take_turn(transaction));
    bool any = false;
    for (auto* pending : group) {
        pending->answer = run_one(transaction, *pending->work);
        any |= pending->answer.ok();
        if (group_lost) return *std::exchange(group_lost, std::nullopt);
    }
    if (!any) {
        --turn;
        return writer->script("ROLLBACK");
    }
    for (auto const& hook : group_hooks) TRY(hook(transaction));
    auto const finishers = std::move(transaction.finishers_);
    for (auto const& finisher : finishers) TRY(finisher(transaction));
    return commit();
}

Result<void> Store::State::commit()
{
    auto done = writer->commit();
    if (done.ok() || !writer->lost()) return done;
    for (int attempt = 0; attempt < settle_seconds_max * 4; ++attempt) {
        auto const found = ask_outcome();
        if (found.ok() && found.value()) return {};
        if (found.ok()) return done;
        std::this_thread::sleep_for(std::chrono::milliseconds { 250 });
    }
    return Error { Error::Kind::unavailable,
        fmt::format("whether this was written is not known; look before doing it again ({})",
            done.error().what) };
}

/// Whether the group of this process's last turn stands. The question takes a turn itself, so it
/// waits for the lost session to end; its own commit waits for the standby as every commit does,
/// and so a yes is as durable as the answer that was lost.
Result<bool> Store::State::ask_outcome()
{
    auto fresh = TRY(open_writer());
    TRY(fresh->begin());
    Transaction transaction { *fresh };
    TRY(transaction.run("UPDATE store_turn SET number = number + 1 WHERE id = 1"));
    auto const last = TRY(transaction.one(
        "SELECT number FROM store_process WHERE id = $1",
        [](Row const& row) { return row.integer(0); }, process));
    TRY(fresh->commit());
    writer = std::move(fresh);
    return last.value_or(-1) >= turn;
}

Result<std::unique_ptr<Connection>> Store::State::open_writer()
{
    auto fresh = TRY(Connection::open(address, Connection::Access::read_write));
    TRY(fresh->announce(process));
    return fresh;
}

void Store::State::commit_group(std::span<Pending*> group)
{
    Result<void> committed {};
    if (writer->lost()) {
        auto fresh = open_writer();
        if (fresh.ok())
            writer = fresh.take();
        else
            committed = fresh.error();
    }
    Transaction transaction { *writer };
    if (committed.ok()) committed = run_group(transaction, group);
    if (committed.ok()) {
        for (auto const& notice : transaction.notices_) notice();
        return;
    }
    // SQLite may have rolled back already.
    if (!writer->lost()) static_cast<void>(writer->script("ROLLBACK"));
    for (auto* pending : group)
        if (pending->answer.ok()) pending->answer = committed.error();
    for (auto const& hook : undone_hooks) hook();
}

void Store::State::work_until_stopped(std::stop_token const& stop)
{
    std::vector<Pending*> group;
    for (;;) {
        {
            std::unique_lock hold { mutex };
            for (auto* pending : group) pending->done = true;
            if (!group.empty()) finished.notify_all();
            wake.wait(hold, stop, [&] { return !queue.empty(); });
            if (queue.empty()) return;
            auto const count = std::min(queue.size(), group_writes_max);
            group.assign(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
            queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
        }
        commit_group(group);
    }
}

Result<std::unique_ptr<Connection>> Store::State::take_reader()
{
    std::scoped_lock const hold { readers_mutex };
    while (!idle_readers.empty()) {
        auto reader = std::move(idle_readers.back());
        idle_readers.pop_back();
        if (!reader->lost()) return reader;
    }
    return Connection::open(address, Connection::Access::read_only);
}

void Store::State::give_back(std::unique_ptr<Connection> reader)
{
    std::scoped_lock const hold { readers_mutex };
    if (idle_readers.size() < idle_readers_max) idle_readers.push_back(std::move(reader));
}

Store::Store(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}

Store::~Store()
{
    if (!state_->thread.joinable()) return;
    state_->thread.request_stop();
    state_->thread.join();
}

Result<std::unique_ptr<Store>> Store::open(
    std::string const& address, std::span<Migration const> migrations, Writer writer)
{
    auto state = std::make_unique<State>();
    state->address = address;
    state->mode = writer;
    if (!is_postgres(address)) TRY(state->lock.take(address + ".lock"));
    state->writer = TRY(Connection::open(address, Connection::Access::read_write));
    TRY(state->set_up(with_own(migrations)));
    auto* shared = state.get();
    if (writer == Writer::group_thread)
        state->thread = std::jthread { [shared](std::stop_token const& stop) {
            shared->work_until_stopped(stop);
        } };
    return std::make_unique<Store>(std::move(state));
}

Result<std::unique_ptr<Store>> Store::open_for_reading(
    std::string const& address, std::span<Migration const> migrations)
{
    auto state = std::make_unique<State>();
    state->address = address;
    auto reader = TRY(Connection::open(address, Connection::Access::read_only));
    TRY(reader->begin());
    TRY(refuse_newer(*reader, with_own(migrations)));
    TRY(reader->commit());
    state->give_back(std::move(reader));
    return std::make_unique<Store>(std::move(state));
}

Result<void> Store::submit(Transaction::Finisher const& work)
{
    auto& state = *state_;
    MUST(state.writer != nullptr);
    Pending pending { &work };
    auto* self = &pending;
    if (state.mode == Writer::caller) {
        state.commit_group({ &self, 1 });
        return pending.answer;
    }
    std::unique_lock hold { state.mutex };
    if (state.queue.size() >= queued_writes_max)
        return Error { Error::Kind::unavailable,
            fmt::format("over {} writes are waiting; try again", queued_writes_max) };
    state.queue.push_back(self);
    state.wake.notify_one();
    state.finished.wait(hold, [&] { return pending.done; });
    return pending.answer;
}

Result<void> Store::snapshot(Transaction::Finisher const& work)
{
    auto reader = TRY(state_->take_reader());
    TRY(reader->begin());
    Transaction transaction { *reader };
    auto answer = work(transaction);
    auto const ended = answer.ok() ? reader->commit() : reader->script("ROLLBACK");
    if (ended.ok()) state_->give_back(std::move(reader));
    return answer;
}

void Store::on_group(Transaction::Finisher hook)
{
    state_->group_hooks.push_back(std::move(hook));
}

void Store::on_undone(std::function<void()> hook)
{
    state_->undone_hooks.push_back(std::move(hook));
}

std::int64_t Store::process() const
{
    return state_->process;
}

} // namespace comity::store
