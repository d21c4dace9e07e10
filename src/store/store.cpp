#include "store/store.h"

#include "store/connection.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace comity::store {
namespace {

/// Holds a folder for one process: the lock falls with the process, however it ends.
class FolderLock {
public:
    ~FolderLock()
    {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FolderLock() = default;
    FolderLock(FolderLock const&) = delete;
    FolderLock& operator=(FolderLock const&) = delete;

    Result<void> take(std::filesystem::path const& path)
    {
        descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (descriptor_ < 0)
            return Error { Error::Kind::unavailable,
                fmt::format("cannot create {}", path.string()) };
        if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
            return Error { Error::Kind::conflict,
                fmt::format("the data folder {} is in use by another process",
                    path.parent_path().string()) };
        return {};
    }

private:
    int descriptor_ = -1;
};

/// One SQL text for every engine, but for this: only under this name does SQLite make the key the
/// place of the row itself, which spares an index.
std::string in_dialect(std::string_view sql)
{
    constexpr std::string_view ours = "BIGINT PRIMARY KEY", theirs = "INTEGER PRIMARY KEY";
    std::string out { sql };
    for (auto at = out.find(ours); at != out.npos; at = out.find(ours, at))
        out.replace(at, ours.size(), theirs);
    return out;
}

Result<void> migrate(Connection& connection, std::span<Migration const> migrations)
{
    Transaction transaction { connection };
    TRY(connection.script("CREATE TABLE IF NOT EXISTS schema_room ("
                          "room TEXT PRIMARY KEY, version BIGINT NOT NULL)"));
    for (auto const& migration : migrations) {
        auto const version = TRY(transaction.one(
            "SELECT version FROM schema_room WHERE room = $1",
            [](Row const& row) { return row.integer(0); }, migration.room));
        if (version.value_or(0) >= migration.version) continue;
        TRY(connection.script("BEGIN IMMEDIATE"));
        auto done = connection.script(in_dialect(migration.sql));
        if (done.ok())
            if (auto noted
                = transaction.run("INSERT INTO schema_room (room, version) VALUES ($1, $2) "
                                  "ON CONFLICT (room) DO UPDATE SET version = excluded.version",
                    migration.room, migration.version);
                !noted.ok())
                done = noted.error();
        TRY(connection.script(done.ok() ? "COMMIT" : "ROLLBACK"));
        TRY(done);
    }
    return {};
}

Result<void> refuse_newer(Connection& connection, std::span<Migration const> migrations)
{
    Transaction transaction { connection };
    auto const exists
        = TRY(transaction.one("SELECT 1 FROM sqlite_master WHERE name = 'schema_room'",
            [](Row const& row) { return row.integer(0); }));
    if (!exists) return {};
    return transaction.each(
        "SELECT room, version FROM schema_room", [&](Row const& row) -> Result<void> {
            std::int64_t known = 0;
            for (auto const& migration : migrations)
                if (migration.room == row.text(0))
                    known = std::max<std::int64_t>(known, migration.version);
            if (row.integer(1) <= known) return {};
            return Error { Error::Kind::conflict,
                fmt::format("the database is newer than this program: room '{}' is at version {}, "
                            "this program knows {}",
                    row.text(0), row.integer(1), known) };
        });
}

/// One caller's work, waiting for its group.
struct Pending {
    Transaction::Finisher const* work;
    Result<void> answer {};
    bool done = false;
};

} // namespace

struct Store::State {
    std::filesystem::path path;
    FolderLock lock;
    Writer mode = Writer::caller;
    std::unique_ptr<Connection> writer;
    std::vector<Transaction::Finisher> group_hooks;
    std::vector<std::function<void()>> undone_hooks;

    std::mutex readers_mutex;
    std::vector<std::unique_ptr<Connection>> idle_readers;

    std::mutex mutex;
    std::condition_variable_any wake, finished;
    std::deque<Pending*> queue;
    std::jthread thread;
    std::optional<Error> group_lost;

    void work_until_stopped(std::stop_token const& stop);
    void commit_group(std::span<Pending*> group);
    Result<void> run_group(Transaction& transaction, std::span<Pending*> group);
    Result<void> run_one(Transaction& transaction, Transaction::Finisher const& work);
    Result<std::unique_ptr<Connection>> take_reader();
};

Result<void> Store::State::run_one(Transaction& transaction, Transaction::Finisher const& work)
{
    auto const finishers = transaction.finishers_.size();
    auto const notices = transaction.notices_.size();
    TRY(writer->script("SAVEPOINT work"));
    auto answer = work(transaction);
    if (!answer.ok()) {
        transaction.finishers_.resize(finishers);
        transaction.notices_.resize(notices);
        // A full disk makes SQLite undo the whole transaction on its own: then the group is gone.
        if (!writer->script("ROLLBACK TO work").ok()) group_lost = answer.error();
    }
    if (!group_lost) TRY(writer->script("RELEASE work"));
    return answer;
}

Result<void> Store::State::run_group(Transaction& transaction, std::span<Pending*> group)
{
    TRY(writer->script("BEGIN IMMEDIATE"));
    bool any = false;
    for (auto* pending : group) {
        pending->answer = run_one(transaction, *pending->work);
        any |= pending->answer.ok();
        if (group_lost) return *std::exchange(group_lost, std::nullopt);
    }
    if (!any) return writer->script("ROLLBACK");
    for (auto const& hook : group_hooks) TRY(hook(transaction));
    auto const finishers = std::move(transaction.finishers_);
    for (auto const& finisher : finishers) TRY(finisher(transaction));
    return writer->script("COMMIT");
}

void Store::State::commit_group(std::span<Pending*> group)
{
    Transaction transaction { *writer };
    auto const committed = run_group(transaction, group);
    if (!committed.ok()) {
        static_cast<void>(writer->script("ROLLBACK")); // SQLite may have rolled back already.
        for (auto* pending : group)
            if (pending->answer.ok()) pending->answer = committed.error();
        for (auto const& hook : undone_hooks) hook();
        return;
    }
    for (auto const& notice : transaction.notices_) notice();
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
    if (idle_readers.empty()) return Connection::open(path, Connection::Access::read_only);
    auto reader = std::move(idle_readers.back());
    idle_readers.pop_back();
    return reader;
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
    std::filesystem::path const& path, std::span<Migration const> migrations, Writer writer)
{
    auto state = std::make_unique<State>();
    state->path = path;
    state->mode = writer;
    TRY(state->lock.take(path.string() + ".lock"));
    state->writer = TRY(Connection::open(path, Connection::Access::read_write));
    TRY(refuse_newer(*state->writer, migrations));
    TRY(migrate(*state->writer, migrations));
    auto* shared = state.get();
    if (writer == Writer::group_thread)
        state->thread = std::jthread { [shared](std::stop_token const& stop) {
            shared->work_until_stopped(stop);
        } };
    return std::make_unique<Store>(std::move(state));
}

Result<std::unique_ptr<Store>> Store::open_for_reading(
    std::filesystem::path const& path, std::span<Migration const> migrations)
{
    auto state = std::make_unique<State>();
    state->path = path;
    auto reader = TRY(Connection::open(path, Connection::Access::read_only));
    TRY(refuse_newer(*reader, migrations));
    state->idle_readers.push_back(std::move(reader));
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
    TRY(reader->script("BEGIN"));
    Transaction transaction { *reader };
    auto answer = work(transaction);
    TRY(reader->script("COMMIT"));
    std::scoped_lock const hold { state_->readers_mutex };
    state_->idle_readers.push_back(std::move(reader));
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

} // namespace comity::store
