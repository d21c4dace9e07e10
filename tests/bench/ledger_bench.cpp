// Durable appends to the register, beside the hashing that RFC 6962 asks for and beside SQLite
// taking the same bytes at the same durability with nothing of ours around it.
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

/// Many callers, each waiting for its own entry to be on disk, as the node's threads do.
void append_from_many(Register const& target, std::size_t times, ByteView leaf)
{
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < writers; ++i)
        threads.emplace_back([&, count = times / writers + (i < times % writers)] {
            for (std::size_t n = 0; n < count; ++n) target.append(1, leaf);
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

} // namespace

int main()
{
    ScratchFolder const folder;
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
        [&](std::size_t times) { append_from_many(shared, times, leaf); },
        [&](std::size_t times) {
            for (; times > 0; --times) bare.commit(writers, leaf);
        },
    });
    bench::Primitives raw;
    // A leaf and its prefix, padded; and one inner node of 65 bytes for each leaf.
    constexpr double blocks_of_leaf = (1 + leaf_bytes + 9 + 63) / 64;
    constexpr double blocks_of_node = 2;
    auto const hashing = sha256_compressions(raw) / (blocks_of_leaf + blocks_of_node);
    auto const size = static_cast<double>(group);
    bench::say("Durable register entries a second, in groups of 256", rate[0] * size,
        "their SHA-256 compressions alone", hashing);
    bench::say(
        "the same", rate[0] * size, "bare SQLite, the same bytes, 256 a commit", rate[1] * size);
    bench::say(fmt::format("Durable register entries a second, {} callers, one each", writers),
        rate[2], fmt::format("bare SQLite, the same bytes, {} a commit", writers),
        rate[3] * static_cast<double>(writers));
}
