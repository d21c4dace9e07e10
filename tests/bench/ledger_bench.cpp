// Durable appends to the register, beside the hashing that RFC 6962 asks for and beside SQLite
// taking the same bytes at the same durability with nothing of ours around it; then proofs and the
// verification of a long register. Usage: ledger_bench [entries of the long one, in thousands]
#include "bench/measure.h"
#include "bench/primitives.h"

#include "base/scratch.h"
#include "ledger/ledger.h"

#include <sqlite3.h>

#include <thread>

using namespace comity;

namespace {

constexpr std::size_t leaf_bytes = 650; // as the register entry of the demo is
constexpr std::size_t writers = 64;

class BareTable {
public:
    explicit BareTable(std::filesystem::path const& path)
    {
        MUST(sqlite3_open(path.c_str(), &database_) == SQLITE_OK);
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("PRAGMA secure_delete = ON");
        run("CREATE TABLE entry (position INTEGER PRIMARY KEY, leaf BLOB NOT NULL,"
            " hash BLOB NOT NULL)");
        MUST(sqlite3_prepare_v2(
                 database_, "INSERT INTO entry (leaf, hash) VALUES (?1, ?2)", -1, &insert_, nullptr)
            == SQLITE_OK);
    }
    ~BareTable()
    {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }
    BareTable(BareTable const&) = delete;
    BareTable& operator=(BareTable const&) = delete;

    void commit(std::size_t rows, ByteView leaf)
    {
        run("BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < rows; ++i) {
            sqlite3_bind_blob(
                insert_, 1, leaf.data(), static_cast<int>(leaf.size()), SQLITE_STATIC);
            sqlite3_bind_blob(insert_, 2, leaf.data(), 32, SQLITE_STATIC);
            MUST(sqlite3_step(insert_) == SQLITE_DONE);
            sqlite3_reset(insert_);
        }
        run("COMMIT");
    }

private:
    void run(char const* sql)
    {
        MUST(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

/// A register of its own in a folder.
struct Register {
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;

    Register(std::filesystem::path const& path, store::Writer writer)
        : store(store::Store::open(path, ledger::migrations, writer).take())
        , ledger(ledger::Ledger::open(
              *store, "register.bench.test", crypto::Key::generate(crypto::Key::Kind::ed25519))
                  .take())
    {
    }
    void append(std::size_t leaves, ByteView leaf) const
    {
        store
            ->write([&](store::Transaction& t) -> Result<void> {
                for (std::size_t i = 0; i < leaves; ++i) TRY(ledger->append(t, leaf));
                return {};
            })
            .take();
    }
};

/// Callers, each waiting for its own entries to be on disk, as the node's threads do.
void append_from(std::size_t callers, Register const& target, std::size_t times, std::size_t leaves,
    ByteView leaf)
{
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < callers; ++i)
        threads.emplace_back([&, count = times / callers + (i < times % callers)] {
            for (std::size_t n = 0; n < count; ++n) target.append(leaves, leaf);
        });
}

double sha256_compressions(bench::Primitives& raw)
{
    Bytes const long_text(1U << 20U, 'x');
    auto const rate = bench::rates({ [&](std::size_t times) {
        for (; times > 0; --times) raw.hash(long_text);
    } });
    return rate[0] * static_cast<double>(long_text.size()) / 64;
}

/// What RFC 6962 asks for one entry: the leaf and its prefix, padded; and one inner node of 65
/// bytes for each leaf.
double hashes_of_entries(bench::Primitives& raw)
{
    constexpr double blocks_of_leaf = (1 + leaf_bytes + 9 + 63) / 64;
    constexpr double blocks_of_node = 2;
    return sha256_compressions(raw) / (blocks_of_leaf + blocks_of_node);
}

void say_appends(std::filesystem::path const& folder, bench::Primitives& raw)
{
    Register const grouped { folder / "grouped", store::Writer::caller };
    Register const shared { folder / "shared", store::Writer::group_thread };
    BareTable bare { folder / "bare" };
    Bytes const leaf(leaf_bytes, 'x');
    auto const group = store::group_writes_max;
    auto const rate = bench::rates({
        [&](std::size_t times) {
            for (; times > 0; --times) grouped.append(group, leaf);
        },
        [&](std::size_t times) {
            for (; times > 0; --times) bare.commit(group, leaf);
        },
        [&](std::size_t times) { append_from(writers, shared, times, 1, leaf); },
        [&](std::size_t times) {
            for (; times > 0; --times) bare.commit(writers, leaf);
        },
        [&](std::size_t times) { append_from(2, shared, times, group, leaf); },
    });
    auto const size = static_cast<double>(group);
    bench::say("Durable register entries a second, in groups of 256", rate[0] * size,
        "their SHA-256 compressions alone", hashes_of_entries(raw));
    bench::say(
        "the same", rate[0] * size, "bare SQLite, the same bytes, 256 a commit", rate[1] * size);
    bench::say("Durable register entries a second, two callers, 256 each", rate[4] * size,
        "bare SQLite, the same bytes, 256 a commit", rate[1] * size);
    bench::say(fmt::format("Durable register entries a second, {} callers, one each", writers),
        rate[2], fmt::format("bare SQLite, the same bytes, {} a commit", writers),
        rate[3] * static_cast<double>(writers));
}

void say_reading(std::filesystem::path const& folder, bench::Primitives& raw, std::size_t entries)
{
    Register const grown { folder / "grown", store::Writer::caller };
    Bytes const leaf(leaf_bytes, 'x');
    constexpr std::size_t at_once = 50'000;
    for (std::size_t done = 0; done < entries; done += at_once) grown.append(at_once, leaf);
    auto const size = grown.store->read([](auto& t) { return ledger::size(t); }).value();
    std::uint64_t place = 1;
    auto const prove = [&](std::size_t times) {
        grown.store
            ->read([&](store::Transaction& t) -> Result<void> {
                for (; times > 0; --times) {
                    // Knuth's multiplier: places all over the register.
                    place = place * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
                    bench::keep(TRY(ledger::prove(t, (place >> 16U) % size)));
                }
                return {};
            })
            .take();
    };
    auto const verify = [&](std::size_t times) {
        for (; times > 0; --times)
            MUST(grown.store
                     ->read([&](store::Transaction& t) {
                         return ledger::verify(t, grown.ledger->verifier());
                     })
                     .value()
                == size);
    };
    constexpr double proof_us_max = 50;
    auto const proofs = bench::rates({ prove });
    bench::say_cost(fmt::format("Proof of an entry among {}, microseconds",
                        bench::figure(static_cast<double>(size))),
        1e6 / proofs[0], "the target", proof_us_max);
    auto const start = bench::seconds_of(verify, 1);
    auto const again = bench::seconds_of(verify, 1);
    bench::say(fmt::format("Entries verified a second, of {}, the next batch read meanwhile",
                   bench::figure(static_cast<double>(size))),
        static_cast<double>(size) / std::min(start, again),
        "their SHA-256 compressions alone, one core", hashes_of_entries(raw));
}

} // namespace

int main(int count, char** words)
{
    ScratchFolder const folder;
    bench::Primitives raw;
    auto const thousands = count > 1 ? std::stoul(words[1]) : 1000;
    say_appends(folder.path(), raw);
    say_reading(folder.path(), raw, thousands * 1000);
}
