#include "store/store.h"

#include "store/disk.h"
#include "store/folder_lock.h"
#include "store/schema.h"

#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <semaphore>
#include <thread>

namespace comity::store {
namespace {

/// One caller's work, waiting for its group.
struct Pending {
    Transaction::Finisher const* work;
    Result<void> answer {};
    std::binary_semaphore done { 0 }; ///< Each its own: nobody wakes for another's group.
};

using Notices = std::vector<std::function<void()>>;

/// A group that is committed; who waits in it is told when it is on the disk.
struct Committed {
    std::vector<Pending*> group;
    Notices notices;

    void tell()
    {
        for (auto const& notice : std::exchange(notices, {})) notice();
        for (auto* pending : std::exchange(group, {})) pending->done.release();
    }
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
    std::condition_variable_any wake;
    std::deque<Pending*> queue;
    std::optional<Error> group_lost;

    bool parted = false; ///< Commits are brought to the disk by `disk`.
    Disk disk;
    Committed on_its_way; ///< Being brought there while the next group is worked on.
    std::jthread thread;

    Result<void> set_up(std::span<Migration const> migrations);
    Result<void> start_writer();
    void work_until_stopped(std::stop_token const& stop);
    bool take_group(std::vector<Pending*>& group, std::stop_token const& stop);
    bool any_waiting();
    Notices commit_group(std::span<Pending*> group);
    void bring_to_disk(Committed committed);
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

Result<void> Store::State::start_writer()
{
    parted = TRY(writer->part_sync());
    if (parted) disk.serve(*writer);
    thread = std::jthread { [this](std::stop_token const& stop) { work_until_stopped(stop); } };
    return {};
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
        if (disk.done()) on_its_way.tell();
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
    // Before anybody can see it, so that who does waits until it is durable.
    if (parted) disk.begin();
    auto done = writer->commit();
    if (parted && !done.ok()) disk.undone();
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

/// What is to be told once it is durable; nothing where it failed.
Notices Store::State::commit_group(std::span<Pending*> group)
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
    if (committed.ok()) return std::move(transaction.notices_);
    // SQLite may have rolled back already.
    if (!writer->lost()) static_cast<void>(writer->script("ROLLBACK"));
    for (auto* pending : group)
        if (pending->answer.ok()) pending->answer = committed.error();
    for (auto const& hook : undone_hooks) hook();
    return {};
}

bool Store::State::take_group(std::vector<Pending*>& group, std::stop_token const& stop)
{
    std::unique_lock hold { mutex };
    wake.wait(hold, stop, [&] { return !queue.empty(); });
    auto const count = std::min(queue.size(), group_writes_max);
    group.assign(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
    queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(count));
    return !group.empty();
}

bool Store::State::any_waiting()
{
    std::scoped_lock const hold { mutex };
    return !queue.empty();
}

void Store::State::work_until_stopped(std::stop_token const& stop)
{
    Committed next;
    while (take_group(next.group, stop)) {
        next.notices = commit_group(next.group);
        if (parted)
            bring_to_disk(std::exchange(next, {}));
        else
            next.tell();
    }
}

/// While somebody else waits his work begins meanwhile; alone it is quicker done here. A notice may
/// read, which waits for whatever is committed: so nothing is told before somebody brings it.
void Store::State::bring_to_disk(Committed committed)
{
    disk.wait();
    auto arrived = std::exchange(on_its_way, {});
    if (!disk.owes()) {
        arrived.tell();
        return committed.tell();
    }
    bool const meanwhile = any_waiting();
    if (meanwhile)
        disk.start();
    else
        disk.bring();
    arrived.tell();
    if (meanwhile)
        on_its_way = std::move(committed);
    else
        committed.tell();
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
    if (writer == Writer::group_thread) TRY(state->start_writer());
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
    Pending pending { .work = &work };
    auto* self = &pending;
    if (state.mode == Writer::caller) {
        for (auto const& notice : state.commit_group({ &self, 1 })) notice();
        return pending.answer;
    }
    {
        std::scoped_lock const hold { state.mutex };
        if (state.queue.size() >= queued_writes_max)
            return Error { Error::Kind::unavailable,
                fmt::format("over {} writes are waiting; try again", queued_writes_max) };
        state.queue.push_back(self);
    }
    state.wake.notify_one();
    pending.done.acquire();
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
    // What was seen may be on its way to the disk still; nobody acts on what a crash would undo.
    state_->disk.wait_for_all_begun();
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
