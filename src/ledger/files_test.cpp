#include "ledger/files.h"

#include "base/scratch.h"
#include "ledger/reader.h"
#include "store/trial_store_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace comity::ledger {
namespace {

using store::Transaction;

/// The files of a log of 70 000 entries, the layout example of C2SP tlog-tiles.
struct Log {
    ScratchFolder folder;
    std::unique_ptr<store::Store> store = store::Store::open(
        store::trial::address(folder / "db"), migrations, store::Writer::caller)
                                              .take();
    std::unique_ptr<Ledger> ledger
        = Ledger::open(*store, "ledger.test", crypto::Key::generate(crypto::Key::Kind::ed25519))
              .take();

    Log()
    {
        MUST(store
                ->write([&](Transaction& t) -> Result<void> {
                    for (int i = 0; i < 70'000; ++i)
                        TRY(ledger->append(t, as_view(fmt::format("entry {}", i))));
                    return {};
                })
                .ok());
    }
    Result<Bytes> read(std::string_view path)
    {
        return store->read([&](Transaction& t) { return file(t, path); });
    }
};

} // namespace

TEST(Files, every_path_of_an_export_is_there_and_they_are_those_of_the_layout_example)
{
    Log log;
    auto const paths = log.store->read([](Transaction& t) { return file_paths(t); }).value();
    EXPECT_EQ(paths.size(), 1 + 2 * 274 + 2 + 1);
    for (auto const& path : paths) EXPECT_TRUE(log.read(path).ok()) << path;
    for (char const* path : { "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1" })
        EXPECT_TRUE(std::ranges::find(paths, path) != paths.end()) << path;
}

TEST(Files, a_path_has_one_spelling)
{
    Log log;
    EXPECT_TRUE(log.read("tile/0/000").ok());
    EXPECT_TRUE(log.read("tile/entries/000.p/1").ok());
    for (char const* path : { "", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/x000",
             "tile/0/000/", "tile/0/000/000", "tile/0/x000/000", "tile/0/000.p", "tile/0/000.p/",
             "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/1/",
             "tile/8/000", "tile/00/000", "tile/x/000.p/1", "tile/0/999", "tile/entry/000",
             "minimum-index", "checkpoint/", "tile/0/-01", "tile/0/x000.p/1" })
        EXPECT_EQ(log.read(path).error().kind, Error::Kind::not_found) << path;
}

TEST(Reader, gives_the_roots_and_proofs_of_the_tables_from_the_files_alone)
{
    Log log;
    auto const head = read_checkpoint(as_text(log.read("checkpoint").value())).value();
    auto const subtrees = subtrees_of(
        [&](std::string const& path) {
            EXPECT_TRUE(path.starts_with("register/"));
            return log.read(path.substr(9));
        },
        head.size);
    EXPECT_EQ(tree_root(head.size, subtrees).value(), head.root);
    auto const proof
        = log.store->read([](Transaction& t) { return prove(t, 65'540); }).value().path;
    EXPECT_EQ(inclusion_proof(65'540, head.size, subtrees).value(), proof);
    auto const short_tile
        = subtrees_of([](std::string const&) -> Result<Bytes> { return Bytes(31); }, 3);
    EXPECT_EQ(tree_root(3, short_tile).error().kind, Error::Kind::malformed);
}

TEST(Reader, tile_paths_are_those_of_the_specification)
{
    EXPECT_EQ(tile_path(5, 256), "005");
    EXPECT_EQ(tile_path(1'234'067, 256), "x001/x234/067");
    EXPECT_EQ(tile_path(273, 112), "273.p/112");
    EXPECT_EQ(tile_path(1000, 256), "x001/000");
}

TEST(Reader, every_byte_of_a_small_log_flipped_in_turn_is_found)
{
    ScratchFolder const folder;
    auto const store = store::Store::open(
        store::trial::address(folder / "db"), migrations, store::Writer::caller)
                           .take();
    auto const ledger
        = Ledger::open(*store, "ledger.test", crypto::Key::generate(crypto::Key::Kind::ed25519))
              .take();
    MUST(store
            ->write([&](Transaction& t) -> Result<void> {
                for (std::uint8_t i = 0; i < 3; ++i) TRY(ledger->append(t, Bytes { i }));
                for (int i = 0; i < 257; ++i) TRY(ledger->append(t, as_view("x")));
                return {};
            })
            .ok());
    std::map<std::string, Bytes> files;
    auto const paths = store->read([](Transaction& t) { return file_paths(t); }).value();
    for (auto const& path : paths)
        files["register/" + path]
            = store->read([&](Transaction& t) { return file(t, path); }).value();
    auto const verifier = ledger->verifier();
    auto const holds = [&] {
        Fetch const fetch = [&](std::string const& path) -> Result<Bytes> {
            auto const found = files.find(path);
            if (found != files.end()) return found->second;
            return Error { Error::Kind::not_found, path };
        };
        auto const head = open_checkpoint(as_text(files.at("register/checkpoint")), verifier);
        auto const ignore = [](std::uint64_t, ByteView) { return Result<void> {}; };
        return head.ok() && read_whole(fetch, head.value(), 0, ignore).ok();
    };
    ASSERT_TRUE(holds());
    std::size_t flipped = 0;
    for (auto& [path, content] : files)
        for (auto& byte : content) {
            byte ^= 1;
            EXPECT_FALSE(holds()) << path << " byte " << &byte - content.data();
            byte ^= 1;
            ++flipped;
        }
    EXPECT_TRUE(holds());
    EXPECT_EQ(flipped, 3 * 260 + 260 * 32 + 32 + files.at("register/checkpoint").size());
}

} // namespace comity::ledger
