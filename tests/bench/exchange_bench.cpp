// The main job between two nodes of one process: a request judged, sealed, sent, judged again,
// answered from the register of vehicles, with every receipt, register entry and durable commit.
// Only the network is left out: what a courier carries is handed straight to the other node.
#include "bench/measure.h"
#include "bench/primitives.h"
#include "law_files.h"

#include "base/scratch.h"
#include "casework/casework.h"
#include "casework/vehicle_register.h"
#include "exchange/courier.h"
#include "exchange/founding.h"
#include "protection/vault.h"

#include <sqlite3.h>
#include <sys/resource.h>

#include <condition_variable>
#include <thread>

using namespace comity;
using store::Transaction;

namespace {

constexpr std::size_t exchanges = 2'000;
constexpr std::size_t officers = 32;
constexpr int vehicles = 10'000;

Instant now()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::vector<store::Migration> all_migrations()
{
    std::vector<store::Migration> out;
    for (auto const room :
        { ledger::migrations, exchange::migrations, protection::migrations, casework::migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

/// Counts news; somebody else waits for them.
class Bell {
public:
    void ring()
    {
        std::scoped_lock const hold { mutex_ };
        ++rung_;
        news_.notify_all();
    }
    /// Until it rang `count` times in all, or the token stops the waiting.
    bool wait(std::size_t count, std::stop_token const& stop)
    {
        std::unique_lock hold { mutex_ };
        return news_.wait(hold, stop, [&] { return rung_ >= count; });
    }
    std::size_t rung()
    {
        std::scoped_lock const hold { mutex_ };
        return rung_;
    }

private:
    std::mutex mutex_;
    std::condition_variable_any news_;
    std::size_t rung_ = 0;
};

struct Node {
    exchange::StateKeys const& keys;
    ScratchFolder folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<exchange::Exchange> exchange;
    std::unique_ptr<protection::Vault> vault;
    std::unique_ptr<casework::Casework> casework;
    std::unique_ptr<exchange::Courier> courier;
    Bell tasks;

    Node(exchange::Founding const& founding, std::size_t which, treaty::Law const& law)
        : keys(founding.states[which])
        , store(store::Store::open(folder / "db", all_migrations()).take())
        , ledger(ledger::Ledger::open(*store, keys.register_log, keys.register_key).take())
        , exchange(std::make_unique<exchange::Exchange>(*store, *ledger, founding.trust(now()),
              exchange::Self { keys.of.state, keys.of.unit, keys.seal, keys.sealing }, now,
              crypto::system_random(), exchange::AttachmentSettings {},
              std::max(1U, std::thread::hardware_concurrency())))
        , vault(protection::Vault::open(*store, *ledger,
              { { folder / "vault.key", {} }, keys.of.state, "Europe/Sofia" }, crypto::Key256 { 7 },
              now, crypto::system_random())
                  .take())
        , casework(std::make_unique<casework::Casework>(*store, *ledger, *exchange, *vault, law,
              casework::Settings { keys.of.state, keys.of.unit, true, 365 }, now))
    {
        casework->on_task([this] { tasks.ring(); });
    }
    void carry_to(Node& other)
    {
        exchange::Line line;
        line.carry = [this, &other](auto const& messages) -> Result<exchange::Carried> {
            std::vector<exchange::Envelope> envelopes;
            for (auto const& each : messages) envelopes.push_back(each.envelope);
            auto taken = other.exchange->receive_batch(envelopes, keys.of.state);
            return exchange::Carried { std::move(taken.receipts), taken.refused, {} };
        };
        line.hand_receipt = [this, &other](Bytes const& receipt) {
            return other.exchange->take_receipt(receipt, keys.of.state);
        };
        // One look at the start, before anything stands in the register.
        line.window.fetch = [&other](std::string const&) {
            return other.store->read([](store::Transaction& transaction) -> Result<Bytes> {
                return to_bytes(TRY(ledger::newest_checkpoint(transaction)));
            });
        };
        line.window.cosign = [](std::string const&) -> Result<exchange::Cosigned> {
            return Error { Error::Kind::unavailable, "no witness here" };
        };
        courier = std::make_unique<exchange::Courier>(*exchange,
            std::map<std::string, exchange::Line> { { other.keys.of.state, line } }, now,
            crypto::system_random(), [](std::string const&, exchange::PeerStatus const&) { });
        exchange->on_queued([this](std::string const& state) { courier->wake(state); });
    }
    /// Answers what waits until it is told to stop.
    void work(std::stop_token const& stop)
    {
        for (std::size_t seen = 0; tasks.wait(seen + 1, stop);) {
            seen = tasks.rung();
            while (casework->work().take() > 0) { }
        }
    }
    std::uint64_t verified_entries() const
    {
        return store->read([&](Transaction& t) { return ledger::verify(t, ledger->verifier()); })
            .take();
    }
};

std::string plate(int number)
{
    return fmt::format("B {:03} {}{}{}", number % 1000, static_cast<char>('A' + number / 1000 % 8),
        static_cast<char>('A' + number / 8000 % 8), 'T');
}

void fill_register(Node& node)
{
    std::string lines;
    message::Person const person { "Popescu TEST", "Ana", false, parse_date("1979-04-12").take(),
        "Str. Victoriei nr. 1, Bucuresti", {} };
    for (int i = 0; i < vehicles; ++i)
        lines += json::to_text(message::Vehicle { plate(i), "RO", fmt::format("UU1TEST{:010}", i),
                     "Dacia", "Logan", "M1", "blue", parse_date("2019-05-01").take(), false, person,
                     person })
            + "\n";
    node.store->write([&](Transaction& t) { return casework::import_vehicles(t, lines); }).take();
}

void ask(Node& node, std::size_t number)
{
    auto const last_day = std::chrono::floor<std::chrono::days>(now()) + std::chrono::days { 365 };
    casework::RequestDraft const draft { "RO", {}, "vehicle-owner",
        plate(static_cast<int>(number) % vehicles), {}, "investigation", "vehicle theft",
        "identify-owner", fmt::format("TEST-{}", number), last_day, {} };
    MUST(node.casework->send(draft, "A. Officer TEST").take().message);
}

double cpu_seconds()
{
    rusage used {};
    getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Cost {
    double wall_seconds, cpu_seconds;
};

/// `count` requests from so many officers at once, until the answer to the last is receipted.
Cost run(Node& sofia, Node& bucharest, std::size_t first, std::size_t count, std::size_t at_once)
{
    auto const receipted = [&] {
        auto const waiting = [](Node& node, std::string const& state) {
            return node.store->read([&](Transaction& t) { return exchange::queued_for(t, state); })
                .take();
        };
        return sofia.store->read([](Transaction& t) { return ledger::size(t); }).take()
            == 2 * (first + count)
            && waiting(sofia, "RO") == 0 && waiting(bucharest, "BG") == 0;
    };
    auto const cpu_before = cpu_seconds();
    auto const start = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t officer = 0; officer < at_once; ++officer)
            threads.emplace_back([&, officer] {
                for (std::size_t i = officer; i < count; i += at_once) ask(sofia, first + i);
            });
    }
    while (!receipted()) std::this_thread::sleep_for(std::chrono::milliseconds { 5 });
    auto const wall = std::chrono::steady_clock::now() - start;
    return { std::chrono::duration<double>(wall).count(), cpu_seconds() - cpu_before };
}

/// What OpenSSL alone needs for the evidence of one exchange: two messages, each sealed to two,
/// signed, verified, opened, receipted and its receipt verified; two heads signed and checked.
double evidence_seconds()
{
    bench::Primitives raw;
    Bytes const part(8'192, 'x');
    auto const rate = bench::rates({ [&](std::size_t times) {
                                        for (; times > 0; --times)
                                            for (int message = 0; message < 2; ++message) {
                                                raw.generate();
                                                raw.derive();
                                                raw.generate();
                                                raw.derive();
                                                raw.encipher(part);
                                                raw.derive();
                                                raw.encipher(part);
                                                raw.sign_edwards();
                                                raw.verify_edwards();
                                            }
                                    },
        [&](std::size_t times) {
            for (; times > 0; --times) {
                raw.sign();
                raw.verify();
            }
        } });
    return 1 / rate[0] + 4 / rate[1];
}

/// Commits a second of a bare SQLite that writes one message of ours in each.
double durable_commits(std::filesystem::path const& path)
{
    sqlite3* database = nullptr;
    MUST(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    auto const sql = [&](char const* text) {
        MUST(sqlite3_exec(database, text, nullptr, nullptr, nullptr) == SQLITE_OK);
    };
    sql("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
        "CREATE TABLE message (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
    auto const rate = bench::rates({ [&](std::size_t times) {
        for (; times > 0; --times) sql("INSERT INTO message (body) VALUES (zeroblob(12000))");
    } });
    sqlite3_close(database);
    return rate[0];
}

void report(
    std::string_view how, Cost const& cost, std::size_t count, double commits, double evidence)
{
    auto const number = static_cast<double>(count);
    // A way has one message or batch in the air: the receiver's commit, then the one that keeps
    // the receipts. With one officer that is a message, and so the limit.
    bench::say(fmt::format("Whole exchanges a second, {}", how), number / cost.wall_seconds,
        "bare SQLite commits, two in a row for each message alone on a way", commits / 2);
    bench::say_cost(fmt::format("CPU milliseconds an exchange, both nodes, {}", how),
        cost.cpu_seconds / number * 1e3, "OpenSSL's primitives of its evidence", evidence * 1e3);
}

} // namespace

int main()
{
    std::vector<exchange::FoundingState> const states {
        { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
        { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
    };
    auto const founding = exchange::found(states, 2, now(), crypto::system_random());
    auto const law = treaty::read_law(test::law_files(), test::law_hash).take();
    Node sofia { founding, 0, law }, bucharest { founding, 1, law };
    fill_register(bucharest);
    sofia.carry_to(bucharest);
    bucharest.carry_to(sofia);
    std::jthread const worker { [&](std::stop_token const& stop) { bucharest.work(stop); } };

    auto const commits_before = durable_commits(sofia.folder / "bare-before");
    auto const evidence = evidence_seconds();
    auto const alone = run(sofia, bucharest, 0, exchanges / 4, 1);
    auto const together = run(sofia, bucharest, exchanges / 4, exchanges, officers);
    // Somebody else on the disk must not make the limit look low.
    auto const commits = std::max(commits_before, durable_commits(sofia.folder / "bare-after"));
    report("one officer", alone, exchanges / 4, commits, evidence);
    report(fmt::format("{} officers at once", officers), together, exchanges, commits, evidence);
    auto const whole = 2 * (exchanges + exchanges / 4);
    MUST(sofia.verified_entries() == whole && bucharest.verified_entries() == whole);
    sofia.courier->stop();
    bucharest.courier->stop();
}
