#include "base/scratch.h"
#include "bench/measure.h"
#include "ledger/ledger.h"
#include "protection/vault.h"

#include <cstdlib>

/// The vault beside plain SQLite at the same durability, finding one person, and a night's
/// destruction. SQLite's own: the same content and a line of log, unsealed; once found by what the
/// vault finds an item and a line by, once by nothing but the number of the row.
namespace {

using namespace comity;
using store::Transaction;

constexpr store::Migration plain_tables[] = {
    { "bench", 1,
        "CREATE TABLE bench_item (id BIGINT PRIMARY KEY, body BYTEA NOT NULL);"
        "CREATE TABLE bench_log (id BIGINT PRIMARY KEY, line TEXT NOT NULL);"
        "CREATE TABLE bench_found (item BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
        "    owner TEXT NOT NULL, destroy_on TEXT NOT NULL, label TEXT NOT NULL,"
        "    content BYTEA NOT NULL);"
        "CREATE TABLE bench_operation (sequence BIGINT PRIMARY KEY, item TEXT NOT NULL,"
        "    officer TEXT NOT NULL, entry TEXT NOT NULL);"
        "CREATE INDEX bench_operation_item ON bench_operation (item, sequence);"
        "CREATE INDEX bench_operation_officer ON bench_operation (officer, sequence)" },
};
constexpr std::size_t body_bytes = 1024;
Date const first_day = parse_date("2026-04-17").value();

struct Node {
    ScratchFolder folder;
    Instant now = Instant { first_day } + std::chrono::hours { 9 };
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<protection::Vault> vault;
    std::size_t items = 0;

    Node()
    {
        std::vector<store::Migration> tables;
        for (auto const room : { ledger::migrations, protection::migrations })
            tables.insert(tables.end(), room.begin(), room.end());
        store = store::Store::open((folder / "db").string(), tables).take();
        ledger = ledger::Ledger::open(
            *store, "bench", crypto::Key::generate(crypto::Key::Kind::ed25519))
                     .take();
        vault = protection::Vault::open(
            *store, *ledger, { { folder / "keys", {} }, "BG", "Europe/Sofia" },
            crypto::Key256 { 1 }, [this] { return now; }, crypto::system_random())
                    .take();
    }
    protection::NewItem item(std::string word, Date erase_by)
    {
        protection::NewItem out;
        out.id = std::to_string(items++);
        out.label.owner = items % 2 == 0 ? "RO" : "BG";
        out.label.purpose = "investigation";
        out.label.legal_basis = { "A31(4)(a)-1" };
        out.label.deadlines.own_rule = erase_by;
        out.content.assign(body_bytes, 'x');
        if (!word.empty()) out.terms = { { protection::TermKind::name, std::move(word) } };
        return out;
    }
    void put(Transaction& t, std::string word, Date erase_by)
    {
        vault->put(t, item(std::move(word), erase_by), { "bench", "bench" }).take();
    }
    /// So many in commits of a thousand, over `days` days of destruction.
    void fill(std::size_t count, int days, bool words)
    {
        for (std::size_t done = 0; done < count; done += 1000)
            store
                ->write([&](Transaction& t) -> Result<void> {
                    for (std::size_t i = 0; i < 1000; ++i) {
                        auto const place = static_cast<int>((done + i) % 1'000'003);
                        put(t, words ? fmt::format("person {} TEST", place / 2) : "",
                            first_day + std::chrono::days { 30 + place % days });
                    }
                    return {};
                })
                .take();
    }
};

protection::Use use()
{
    protection::Use out;
    out.officer = "bench";
    out.needs_to_know = true;
    out.need = "bench";
    out.purpose = "investigation";
    return out;
}

struct Plain {
    ScratchFolder folder;
    std::unique_ptr<store::Store> store
        = store::Store::open((folder / "db").string(), plain_tables).take();
    Bytes body = Bytes(body_bytes, 'x');
    std::string line = std::string(300, 'l');
    std::size_t items = 0;

    void put(Transaction& t)
    {
        t.run("INSERT INTO bench_item (body) VALUES ($1)", body).take();
        t.run("INSERT INTO bench_log (line) VALUES ($1)", line).take();
    }
    void read(Transaction& t)
    {
        bench::keep(t.one(
            "SELECT body FROM bench_item WHERE id = $1",
            [](store::Row const& row) { return row.blob(0); }, 1));
        t.run("INSERT INTO bench_log (line) VALUES ($1)", line).take();
    }
    void note(Transaction& t, std::string const& id)
    {
        t.run("INSERT INTO bench_operation (item, officer, entry) VALUES ($1, $2, $3)", id, "bench",
             line)
            .take();
    }
    void put_to_be_found(Transaction& t)
    {
        auto const id = std::to_string(items++);
        t.run("INSERT INTO bench_found (id, owner, destroy_on, label, content) "
              "VALUES ($1, $2, $3, $4, $5)",
             id, items % 2 == 0 ? "RO" : "BG", "2027-04-17", line, body)
            .take();
        note(t, id);
    }
    void find(Transaction& t)
    {
        bench::keep(t.one(
            "SELECT content, label FROM bench_found WHERE id = $1",
            [](store::Row const& row) { return std::pair { row.blob(0), row.text(1) }; }, "0"));
        note(t, "0");
    }
};

/// So many of `each` in every commit.
template <class Each> bench::Repeated commits(store::Store& store, std::size_t count, Each each)
{
    return [&store, count, each](std::size_t times) {
        for (; times > 0; --times)
            store
                .write([&](Transaction& t) -> Result<void> {
                    for (std::size_t i = 0; i < count; ++i) each(t);
                    return {};
                })
                .take();
    };
}

void write_and_read(std::size_t count)
{
    Node node;
    Plain plain;
    auto const day = first_day + std::chrono::days { 365 };
    commits(*node.store, 1, [&](Transaction& t) { node.put(t, "", day); })(1);
    commits(*plain.store, 1, [&](Transaction& t) { plain.put(t); })(1);
    commits(*plain.store, 1, [&](Transaction& t) { plain.put_to_be_found(t); })(1);
    auto const rate = bench::rates({
        commits(*node.store, count, [&](Transaction& t) { node.put(t, "", day); }),
        commits(*plain.store, count, [&](Transaction& t) { plain.put(t); }),
        commits(*node.store, count,
            [&](Transaction& t) { bench::keep(node.vault->read(t, "0", use())); }),
        commits(*plain.store, count, [&](Transaction& t) { plain.read(t); }),
        commits(*plain.store, count, [&](Transaction& t) { plain.put_to_be_found(t); }),
        commits(*plain.store, count, [&](Transaction& t) { plain.find(t); }),
    });
    auto const each = static_cast<double>(count);
    auto const kept
        = fmt::format("Vault: items of 1 KiB kept and noted a second, {} a commit", count);
    auto const read = fmt::format("Vault: items read and noted a second, {} a commit", count);
    constexpr auto same = "SQLite, the same columns and indexes, unsealed";
    constexpr auto bare = "SQLite, bare rows that only their number finds";
    bench::say(kept, rate[0] * each, same, rate[4] * each);
    bench::say(kept, rate[0] * each, bare, rate[1] * each);
    bench::say(read, rate[2] * each, same, rate[5] * each);
    bench::say(read, rate[2] * each, bare, rate[3] * each);
}

void find_one(std::size_t count)
{
    Node node;
    node.fill(count, 3 * 365, true);
    double worst = 0;
    for (int i = 0; i < 50; ++i) {
        auto const word = fmt::format("Person {} test", i * 997);
        auto const seconds = bench::seconds_of(
            [&](std::size_t) {
                auto const found = node.store
                                       ->write([&](Transaction& t) {
                                           return node.vault->find(
                                               t, { protection::TermKind::name, word }, use());
                                       })
                                       .take();
                MUST(!found.empty());
            },
            1);
        worst = std::max(worst, seconds);
    }
    bench::say_cost(fmt::format("Vault: all on one person among {} items over 3 years, ms, the "
                                "slowest of 50",
                        bench::figure(static_cast<double>(count))),
        worst * 1e3, "the issue's 50 ms", 50);
}

void destroy(std::size_t count)
{
    Node node;
    node.fill(count, 1, true);
    node.now = Instant { first_day } + std::chrono::days { 30 } + std::chrono::hours { 9 };
    double longest = 0;
    std::size_t gone = 0;
    auto const whole = bench::seconds_of(
        [&](std::size_t) {
            for (std::size_t last = 1; last > 0; gone += last)
                longest = std::max(longest,
                    bench::seconds_of(
                        [&](std::size_t) {
                            last = node.store
                                       ->write([&](Transaction& t) {
                                           return node.vault->destroy_due(t, 64);
                                       })
                                       .take()
                                       .size();
                        },
                        1));
        },
        1);
    MUST(gone == count);
    bench::say_cost(fmt::format("Vault: destruction of {} items due on one day, s, 64 a commit",
                        bench::figure(static_cast<double>(count))),
        whole, "a night of 8 h", 8 * 3600);
    bench::say_cost("Vault: the longest that one of these commits held the writer, ms",
        longest * 1e3, "a tenth of a second", 100);
}

} // namespace

/// vault_bench [ITEMS TO SEARCH [ITEMS TO DESTROY]]; 0 leaves a part out.
int main(int count, char** arguments)
{
    auto const number = [&](int place, std::size_t otherwise) {
        return place < count ? std::strtoull(arguments[place], nullptr, 10) : otherwise;
    };
    write_and_read(1);
    write_and_read(256);
    if (auto const items = number(1, 10'000'000)) find_one(items);
    if (auto const items = number(2, 100'000)) destroy(items);
}
