#include "main/config.h"

#include "base/file.h"
#include "base/scratch.h"

#include <gtest/gtest.h>

namespace comity::main {
namespace {

Config usual()
{
    Config config;
    config.party = "BG";
    config.unit = "NCU Sofia TEST";
    config.name = "Sofia";
    config.zone = "Europe/Sofia";
    config.law = "law";
    config.web = "web";
    config.desk = { "127.0.0.1", 7800 };
    config.desk_hosts = { "127.0.0.1", "localhost" };
    config.peers = { "127.0.0.1", 7801 };
    return config;
}

Result<Config> read_back(std::string const& text)
{
    ScratchFolder const folder;
    EXPECT_TRUE(write_file(folder / "node.toml", as_view(text)).ok());
    return read_config(folder.path());
}

Error error_with(std::string_view line, std::string_view instead)
{
    auto text = write_config(usual());
    auto const at = text.find(line);
    EXPECT_NE(at, text.npos) << line;
    return read_back(text.replace(at, line.size(), instead)).error();
}

} // namespace

TEST(Config, survives_writing_and_reading)
{
    auto const config = read_back(write_config(usual())).value();
    EXPECT_EQ(config.party, "BG");
    EXPECT_EQ(config.desk.port, 7800);
    EXPECT_EQ(config.desk_hosts, usual().desk_hosts);
    EXPECT_EQ(config.law, config.folder / "law");
    EXPECT_FALSE(config.supervisor_permission);
    EXPECT_TRUE(config.cases.empty());
}

TEST(Config, the_folder_of_cases_may_be_given)
{
    auto with_cases = usual();
    with_cases.cases = "cases";
    auto const config = read_back(write_config(with_cases)).value();
    EXPECT_EQ(config.cases, config.folder / "cases");
}

TEST(Config, the_database_is_a_file_in_the_folder_or_a_server)
{
    auto with_database = usual();
    auto const file = read_back(write_config(with_database)).value();
    EXPECT_EQ(file.database, (file.folder / "node.db").string());
    with_database.database = "postgresql:///comity?host=/run/postgresql";
    EXPECT_EQ(read_back(write_config(with_database)).value().database, with_database.database);
    EXPECT_EQ(error_with("web = \"web\"", "web = \"web\"\ndatabase = 3").field, "database");
}

TEST(Config, an_error_names_the_setting_and_its_limits)
{
    EXPECT_EQ(error_with("party = \"BG\"", "").field, "party");
    EXPECT_EQ(error_with("zone = \"Europe/Sofia\"", "zone = 3").field, "zone");
    EXPECT_EQ(error_with("law = \"law\"", "law = \"law\"\ncases = 3").field, "cases");
    EXPECT_EQ(error_with("port = 7800", "port = 65536").what,
        "node.toml: desk.port must be a whole number from 0 to 65535");
    EXPECT_EQ(error_with("retention_days = 365", "retention_days = 0").field, "retention_days");
    EXPECT_EQ(error_with("release_hit = false", "release_hit = 1").field, "four_eyes.release_hit");
    EXPECT_EQ(error_with("tls = false", "tls = 1").field, "desk.tls");
    EXPECT_EQ(error_with("hosts = [\"127.0.0.1\"", "hosts = [1").field, "desk.hosts");
    EXPECT_EQ(error_with("trust_signatures = 1", "trust_signatures = 0").field, "trust_signatures");
    EXPECT_TRUE(error_with("[desk]", "[desk").field.starts_with("line "));
}

TEST(Config, a_folder_without_a_node_is_said)
{
    ScratchFolder const folder;
    EXPECT_EQ(read_config(folder.path()).error().kind, Error::Kind::not_found);
    EXPECT_EQ(node_folder("./bg"), "./bg");
}

TEST(Config, the_pages_for_machines_have_a_listener_of_their_own_or_none)
{
    EXPECT_TRUE(read_back(write_config(usual())).value().status.host.empty());
    auto with_status = usual();
    with_status.status = { "127.0.0.1", 7809 };
    auto const text = write_config(with_status);
    EXPECT_EQ(read_back(text).value().status.port, 7809);
    EXPECT_EQ(read_back(write_config(usual()) + "\n[status]\nport = 1\n").error().field,
        "status.address");
}

TEST(Config, clocks_turn_amber_before_they_turn_red)
{
    auto own = usual();
    own.clocks = { 90, 15, 5, 10 };
    auto const clocks = read_back(write_config(own)).value().clocks;
    EXPECT_EQ(clocks.amber_left_minutes, 90);
    EXPECT_EQ(clocks.red_left_minutes, 15);
    EXPECT_EQ(clocks.amber_gone_minutes, 5);
    EXPECT_EQ(clocks.red_gone_minutes, 10);
    EXPECT_TRUE(read_back(write_config(own)).ok());
    EXPECT_EQ(error_with("amber_left_minutes = 360", "amber_left_minutes = 59").what,
        "node.toml: clocks.amber_left_minutes must be a whole number from 60 to 527040");
    EXPECT_EQ(error_with("red_gone_minutes = 120", "red_gone_minutes = 29").field,
        "clocks.red_gone_minutes");
    EXPECT_EQ(error_with("red_left_minutes = 60", "red_left_minutes = -1").field,
        "clocks.red_left_minutes");
    EXPECT_EQ(error_with("red_left_minutes = 60", "red_left_minutes = 361").field,
        "clocks.amber_left_minutes");
}

TEST(Config, a_time_stamp_authority_is_named_whole_or_not_at_all)
{
    EXPECT_TRUE(read_back(write_config(usual())).value().stamps.url.empty());
    auto const with = [](std::string const& lines) {
        return read_back(write_config(usual()) + "\n[stamps]\n" + lines);
    };
    std::string const whole = "url = \"http://tsa.test/\"\nauthorities = \"tsa.pem\"\n";
    auto const stamps = with(whole + "every_seconds = 1\n").value().stamps;
    EXPECT_EQ(stamps.url, "http://tsa.test/");
    EXPECT_EQ(stamps.authorities.filename(), "tsa.pem");
    EXPECT_EQ(stamps.every_seconds, 1);
    EXPECT_EQ(stamps.late_after_seconds, 300);
    EXPECT_FALSE(with("url = \"http://tsa.test/\"\n").ok());
    EXPECT_FALSE(with(whole + "every_seconds = 0\n").ok());
    EXPECT_FALSE(with(whole + "late_after_seconds = 86401\n").ok());
}

TEST(Config, keys_in_a_token_are_named_by_URI_and_the_PIN_is_elsewhere)
{
    auto const with
        = [](std::string const& lines) { return read_back(write_config(usual()) + "\n" + lines); };
    EXPECT_FALSE(read_back(write_config(usual())).value().token_keys.token);
    std::string const module = "[token]\nmodule = \"/usr/lib/softhsm/libsofthsm2.so\"\n";
    std::string const key = "[keys]\nseal = \"pkcs11:token=comity;object=seal\"\n";
    auto const read = with(module + key).value().token_keys;
    EXPECT_EQ(read.uris.at("seal"), "pkcs11:token=comity;object=seal");
    EXPECT_TRUE(read.token);
    EXPECT_EQ(with(key).error().field, "token.module");
    EXPECT_EQ(with(module + "[keys]\nseal = \"keys/seal.key\"\n").error().field, "keys.seal");
    EXPECT_EQ(with(module + "[keys]\nseal = 3\n").error().field, "keys.seal");
    auto const pin
        = with(module + "[keys]\nseal = \"pkcs11:token=comity;object=seal?pin-value=1234\"\n")
              .error();
    EXPECT_EQ(pin.field, "keys.seal");
    EXPECT_NE(pin.what.find("PIN"), std::string::npos);
}

TEST(Config, a_pair_has_one_or_two_keys_of_the_outer_layer)
{
    auto const with = [](std::string const& files) {
        return read_back(write_config(usual()) + "\n[outer]\nRO = " + files + "\n");
    };
    EXPECT_EQ(with("[\"a.key\"]").value().outer_keys.at("RO").size(), 1);
    EXPECT_EQ(with("[\"a.key\", \"b.key\"]").value().outer_keys.at("RO").size(), 2);
    for (auto const* wrong : { "[]", "[\"a\", \"b\", \"c\"]", "\"a\"", "[3]" })
        EXPECT_EQ(with(wrong).error().field, "outer.RO") << wrong;
}

} // namespace comity::main
