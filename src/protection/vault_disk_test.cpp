#include "protection/trial_vault_test.h"

#include <fmt/format.h>

#include <string_view>

/// What lies on the disk of a node, and what somebody can open who carries some of it away.
namespace comity::protection {
namespace {

using namespace trial;
using store::Transaction;
namespace fs = std::filesystem;

Date const last_day = day("2027-04-17");
constexpr std::string_view person = "Zlatogor Testov-Neverbornsky TEST";

/// The person in the spellings that a careless program would leave: UTF-8, UTF-16, hexadecimal,
/// base64.
std::vector<Bytes> spellings_of(std::string_view text)
{
    Bytes wide;
    for (char const c : text) {
        wide.push_back(static_cast<std::uint8_t>(c));
        wide.push_back(0);
    }
    auto const hex = to_hex(as_view(text)), base64 = to_base64(as_view(text.substr(0, 24)));
    return { to_bytes(text), to_bytes(text.substr(0, 8)), wide, to_bytes(hex), to_bytes(base64) };
}

std::vector<fs::path> files_of(fs::path const& folder)
{
    std::vector<fs::path> out;
    for (auto const& each : fs::recursive_directory_iterator { folder })
        if (each.is_regular_file()) out.push_back(each.path());
    return out;
}

/// The files of a folder in which one of the needles stands.
std::vector<std::string> found_in(fs::path const& folder, std::vector<Bytes> const& needles)
{
    std::vector<std::string> out;
    for (auto const& file : files_of(folder)) {
        auto const bytes = read_file(file, std::size_t { 1 } << 30U).take();
        for (auto const& needle : needles)
            if (as_text(bytes).find(as_text(needle)) != std::string_view::npos)
                out.push_back(file.filename().string());
    }
    return out;
}

NewItem planted(std::string id, Date erase_by = last_day)
{
    auto out = item_of(std::move(id), erase_by);
    out.content = to_bytes(fmt::format("{{\"name\":\"{}\"}}", person));
    out.terms = { { TermKind::name, std::string { person } } };
    return out;
}

/// All cells of the database that are sealed or wrapped.
std::vector<Bytes> sealed_cells(Node& node, std::string_view sql)
{
    return node.store
        ->read([&](Transaction& t) {
            return t.all(sql, [](store::Row const& row) { return row.blob(0); });
        })
        .value();
}

bool on_files()
{
    return store::trial::postgres_address().empty();
}

void copy_database(Node& node, fs::path const& to)
{
    node.close();
    fs::remove_all(to);
    fs::create_directories(to);
    for (auto const* ending : { "", "-wal", "-shm" })
        if (fs::exists(node.database().string() + ending))
            fs::copy_file(node.database().string() + ending, to / (std::string { "db" } + ending));
}

void put_back(Node& node, fs::path const& from)
{
    node.close();
    for (auto const* ending : { "", "-wal", "-shm" }) {
        fs::remove(node.database().string() + ending);
        if (fs::exists(from / (std::string { "db" } + ending)))
            fs::copy_file(
                from / (std::string { "db" } + ending), node.database().string() + ending);
    }
}

} // namespace

TEST(VaultOnDisk, the_walk_over_the_folder_finds_what_is_planted_in_the_clear)
{
    ScratchFolder const folder;
    for (auto const& spelling : spellings_of(person)) {
        ASSERT_TRUE(write_file(folder / "inner.page", spelling).ok());
        EXPECT_FALSE(found_in(folder.path(), spellings_of(person)).empty());
    }
    ASSERT_TRUE(write_file(folder / "inner.page", as_view("nobody")).ok());
    EXPECT_TRUE(found_in(folder.path(), spellings_of(person)).empty());
}

TEST(VaultOnDisk, no_byte_of_a_person_is_in_the_folder_before_or_after_the_destruction)
{
    Node node { true };
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(node.put(planted(fmt::format("item {}", i))).ok());
    ASSERT_TRUE(node.readable("item 3"));
    ASSERT_EQ(node.find({ TermKind::name, std::string { person } }).size(), 20);
    auto const needles = spellings_of(person);
    EXPECT_EQ(found_in(node.folder.path(), needles), std::vector<std::string> {});
    ASSERT_EQ(node.destroy("item 3").size(), 1);
    EXPECT_EQ(found_in(node.folder.path(), needles), std::vector<std::string> {});
    node.go_to(last_day - std::chrono::days { 300 });
    ASSERT_TRUE(node.destroy_due().ok());
    node.close();
    EXPECT_EQ(found_in(node.folder.path(), needles), std::vector<std::string> {});
}

TEST(VaultOnDisk, after_the_day_not_even_the_sealed_bytes_or_a_blinded_word_are_left)
{
    if (!on_files()) GTEST_SKIP() << "PostgreSQL keeps deleted rows until VACUUM";
    Node node { true };
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(node.put(planted(fmt::format("item {}", i))).ok());
    std::vector<Bytes> cells;
    for (auto const* sql :
        { "SELECT content FROM protection_sealed", "SELECT label FROM protection_sealed",
            "SELECT wrapped FROM protection_key", "SELECT token FROM protection_term" })
        for (auto& cell : sealed_cells(node, sql)) cells.push_back(std::move(cell));
    ASSERT_FALSE(found_in(node.folder.path(), cells).empty()) << "they are there before";
    node.go_to(last_day);
    ASSERT_TRUE(node.store
            ->write([&](Transaction& t) -> Result<void> {
                node.vault->confirm_day(last_day);
                TRY(node.vault->destroy_due(t, 256));
                return {};
            })
            .ok());
    node.close();
    EXPECT_EQ(found_in(node.folder.path(), cells), std::vector<std::string> {});
}

TEST(VaultOnDisk, an_old_backup_of_the_database_opens_nothing_that_was_destroyed)
{
    if (!on_files()) GTEST_SKIP() << "the backup is a copy of files";
    Node node;
    ScratchFolder const backup;
    for (auto const* id : { "early", "on its day", "stays" })
        ASSERT_TRUE(node.put(planted(id, day(id[0] == 'o' ? "2026-05-01" : "2027-04-17"))).ok());
    copy_database(node, backup.path());
    node.open();
    ASSERT_EQ(node.destroy("early").size(), 1);
    node.go_to(day("2026-05-01"));
    ASSERT_EQ(node.destroy_due().value().size(), 1);
    ASSERT_TRUE(node.readable("stays"));
    ScratchFolder const newest;
    copy_database(node, newest.path());

    put_back(node, backup.path());
    node.now = parse_instant("2026-04-17T09:00:00Z").value();
    node.open();
    for (auto const* id : { "early", "on its day" }) {
        EXPECT_EQ(node.read(id).error().kind, Error::Kind::not_found) << id;
        EXPECT_NE(node.read(id).error().what.find("key is gone"), std::string::npos) << id;
    }
    EXPECT_TRUE(node.find({ TermKind::name, "nobody" }).empty());

    // Looking into a backup harms nothing: the newest database opens as before.
    put_back(node, newest.path());
    node.open();
    EXPECT_TRUE(node.readable("stays"));
}

TEST(VaultOnDisk, a_stolen_database_alone_opens_nothing)
{
    if (!on_files()) GTEST_SKIP() << "the theft is a copy of files";
    Node node;
    ASSERT_TRUE(node.put(planted("a")).ok());
    node.close();
    fs::remove(node.keys());
    node.open_store();
    auto const opened = node.try_vault();
    ASSERT_FALSE(opened.ok()) << "a key file of the thief's own is older than the database";
    EXPECT_EQ(opened.error().kind, Error::Kind::conflict);
    EXPECT_EQ(found_in(node.folder.path(), spellings_of(person)), std::vector<std::string> {});
}

TEST(VaultOnDisk, a_stolen_key_file_opens_nothing_without_the_nodes_key)
{
    Node node;
    ASSERT_TRUE(node.put(planted("a")).ok());
    node.close();
    node.open_store();
    node.node_key = crypto::Key256 { 8 };
    EXPECT_EQ(node.try_vault().error().kind, Error::Kind::not_authentic);
    auto bytes = read_file(node.keys()).take();
    for (std::size_t at = 0; at < bytes.size(); at += 7) {
        bytes[at] ^= 1U;
        EXPECT_FALSE(open_ring(bytes, crypto::Key256 { 7 }).ok()) << at;
        bytes[at] ^= 1U;
    }
    EXPECT_TRUE(open_ring(bytes, crypto::Key256 { 7 }).ok());
}

TEST(VaultOnDisk, the_copy_of_the_key_file_takes_over_and_holds_no_dead_key)
{
    Node node { true };
    for (auto const* id : { "a", "b" }) ASSERT_TRUE(node.put(planted(id)).ok());
    auto const before = read_file(node.folder / "copy.keys").take();
    ASSERT_EQ(node.destroy("a").size(), 1);
    node.close();
    auto const was = open_ring(before, node.node_key).take();
    auto const copy = open_ring(read_file(node.folder / "copy.keys").take(), node.node_key).take();
    EXPECT_EQ(copy, open_ring(read_file(node.keys()).take(), node.node_key).take());
    std::size_t gone = 0;
    for (auto const& [id, key] : was.keys) gone += !copy.keys.contains(id);
    EXPECT_EQ(gone, 1) << "the drawer's";
    fs::remove(node.keys());
    node.open();
    EXPECT_TRUE(node.readable("b"));
}

TEST(VaultOnDisk, an_old_key_file_is_refused_as_it_would_bring_keys_back)
{
    Node node;
    for (auto const* id : { "a", "b" }) ASSERT_TRUE(node.put(planted(id)).ok());
    auto const old = read_file(node.keys()).take();
    ASSERT_EQ(node.destroy("a").size(), 1);
    node.close();
    ASSERT_TRUE(write_file(node.keys(), old, Readable::by_owner).ok());
    node.open_store();
    EXPECT_EQ(node.try_vault().error().kind, Error::Kind::conflict);
}

TEST(VaultOnDisk, leftovers_of_a_crash_are_wiped_and_harm_nothing)
{
    Node node;
    ASSERT_TRUE(node.put(planted("a")).ok());
    node.close();
    // Between the link and the new file: another name of the file itself.
    fs::create_hard_link(node.keys(), node.keys().string() + ".old");
    ASSERT_TRUE(write_file(node.keys().string() + ".new", as_view("half")).ok());
    node.open();
    EXPECT_TRUE(node.readable("a"));
    EXPECT_FALSE(fs::exists(node.keys().string() + ".old"));
    EXPECT_FALSE(fs::exists(node.keys().string() + ".new"));
}

TEST(VaultOnDisk, what_one_process_does_with_the_keys_the_other_sees_at_once)
{
    Node node;
    ASSERT_TRUE(node.put(planted("a")).ok());
    auto const other = node.try_vault().take();
    auto const reads = [&](std::string_view id) {
        return node.store->write([&](Transaction& t) { return other->read(t, id, officer_of()); });
    };
    EXPECT_TRUE(reads("a").value().content.has_value());
    ASSERT_TRUE(node.put(planted("b", day("2027-05-01"))).ok());
    EXPECT_TRUE(reads("b").value().content.has_value()) << "a key made after it opened";
    ASSERT_EQ(node.destroy("a").size(), 1);
    EXPECT_EQ(reads("a").error().kind, Error::Kind::not_found);
    ASSERT_TRUE(
        node.store->write([&](Transaction& t) { return other->put(t, planted("c"), actor); }).ok());
    EXPECT_TRUE(node.readable("c"));
    fs::remove(node.keys());
    EXPECT_FALSE(node.readable("c")) << "without the file there is no key";
    EXPECT_EQ(node.put(planted("d")).error().kind, Error::Kind::not_found) << "and no new file";
    EXPECT_FALSE(fs::exists(node.keys()));
}

TEST(VaultOnDisk, a_clock_set_back_opens_nothing_again_and_one_set_on_destroys_nothing_unasked)
{
    Node node;
    ASSERT_TRUE(node.put(planted("a", day("2026-05-01"))).ok());
    ASSERT_TRUE(node.put(planted("later")).ok());
    ASSERT_TRUE(node.destroy_due().ok()) << "destruction ran on 2026-04-17";
    node.go_to(day("2026-05-18")); // the 31st day since
    ASSERT_EQ(node.destroy_due().value().size(), 1);
    ASSERT_TRUE(node.put(planted("between", day("2026-06-01"))).ok());
    node.go_to(day("2026-06-19")); // 32 days on
    EXPECT_EQ(node.destroy_due().error().kind, Error::Kind::conflict);
    EXPECT_FALSE(node.readable("between")) << "it is closed all the same";
    node.go_to(day("2026-01-01"));
    EXPECT_EQ(node.put(planted("again", day("2026-05-18"))).error().field, "label.deadlines");
    EXPECT_EQ(node.vault->today().value(), day("2026-05-18"));
    node.open();
    EXPECT_EQ(node.vault->today().value(), day("2026-05-18")) << "it is remembered";
    node.go_to(day("2026-06-19"));
    node.vault->confirm_day(day("2026-06-19"));
    EXPECT_EQ(node.destroy_due().value().size(), 1);
    EXPECT_TRUE(node.readable("later"));
}

} // namespace comity::protection
