#include "bench/measure.h"

#include "base/scratch.h"
#include "store/store.h"

#include <cstdlib>
#include <thread>

/// The same durable writes through the same store on both engines. PostgreSQL where
/// COMITY_TEST_DATABASE names one (tools/postgres.sh with ...).
namespace {

using namespace comity;

constexpr store::Migration tables[] = {
    { "bench", 1, "CREATE TABLE bench_item (id BIGINT PRIMARY KEY, body BYTEA NOT NULL)" },
};
constexpr std::size_t body_bytes = 256, writes_each = 10;

Result<std::int64_t> insert(store::Transaction& t, Bytes const& body)
{
    return t.run("INSERT INTO bench_item (body) VALUES ($1)", body);
}

struct Engine {
    std::unique_ptr<store::Store> store;
    Bytes body = Bytes(body_bytes, 'x');

    explicit Engine(std::string const& address)
        : store(store::Store::open(address, tables).take())
    {
    }
    /// Each caller writes so many times, and waits for each.
    bench::Repeated callers(std::size_t count)
    {
        return [this, count](std::size_t times) {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < count; ++i)
                threads.emplace_back([this, times] {
                    for (std::size_t done = 0; done < times * writes_each; ++done)
                        store->write([&](store::Transaction& t) { return insert(t, body); }).take();
                });
        };
    }
    /// Works of many statements, as a message's is.
    bench::Repeated one_work_of(std::size_t statements)
    {
        return [this, statements](std::size_t times) {
            for (; times > 0; --times)
                store
                    ->write([&](store::Transaction& t) -> Result<void> {
                        for (std::size_t i = 0; i < statements; ++i) TRY(insert(t, body));
                        return {};
                    })
                    .take();
        };
    }
    bench::Repeated reads()
    {
        return [this](std::size_t times) {
            for (; times > 0; --times)
                bench::keep(store->read([](store::Transaction& t) {
                    return t.one(
                        "SELECT body FROM bench_item WHERE id = $1",
                        [](store::Row const& row) { return row.blob(0); }, 1);
                }));
        };
    }
};

void compare(std::string_view what, bench::Repeated const& server, bench::Repeated const& file,
    double each = 1)
{
    auto const rate = bench::rates({ server, file });
    bench::say(
        fmt::format("{}, PostgreSQL", what), rate[0] * each, "the same on SQLite", rate[1] * each);
}

} // namespace

int main()
{
    auto const* const address = std::getenv("COMITY_TEST_DATABASE");
    if (!address) return 0;
    ScratchFolder const folder;
    Engine server { address }, file { folder / "db" };
    for (std::size_t const count : { std::size_t { 1 }, std::size_t { 64 }, std::size_t { 256 } })
        compare(fmt::format("Durable writes a second, {} callers", count), server.callers(count),
            file.callers(count), static_cast<double>(count * writes_each));
    compare("Durable rows a second, 256 in one work", server.one_work_of(256),
        file.one_work_of(256), 256);
    compare("Reads of one row a second, each its own snapshot", server.reads(), file.reads());
}
