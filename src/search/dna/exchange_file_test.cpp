#include "search/dna/exchange_file.h"

#include "search/dna/fixture.h"
#include "search/dna/xml.h"

#include <gtest/gtest.h>

namespace comity::search::dna {
namespace {

constexpr auto heading
    = "reference,category,kit,laboratory,iso17025,consent,VWA_1,VWA_2,TH01_1,TH01_2\n";

Result<Imported> csv(std::string_view lines)
{
    return read_csv(std::string { heading } + std::string { lines }, test::table());
}

TEST(Csv, is_read_and_written_the_same)
{
    auto const text = std::string { heading }
        + "TEST-1,unknown-stain,NGM,TEST lab,yes,no,14,16,6,9.3\n"
          "TEST-2,relative,,\"TEST, lab\",no,yes,14,*,,\n";
    auto const read = read_csv(text, test::table()).value();
    ASSERT_EQ(read.profiles.size(), 2U);
    EXPECT_EQ(read.profiles[0].genotype, test::genotype("VWA 14,16; TH01 6,9.3"));
    EXPECT_EQ(read.profiles[1].laboratory, "TEST, lab");
    EXPECT_TRUE(read.profiles[1].consent);
    EXPECT_TRUE(read.not_carried.empty());
    EXPECT_EQ(write_csv(read.profiles, test::table()), text);
}

TEST(Csv, names_line_and_column_of_what_is_wrong_and_takes_nothing)
{
    auto const place = [](std::string_view lines) { return csv(lines).error().field; };
    EXPECT_EQ(place("TEST-1,unknown-stain,,,,,14,16,6,9.3\nTEST-1,unknown-stain,,,,,14,16,,\n"),
        "line 3, reference");
    EXPECT_EQ(place("TEST-1,unknown-stain,,,,,14,16.9,,\n"), "line 2, VWA_2");
    EXPECT_EQ(place("TEST-1,unknown-stain,,,,,14,,,\n"), "line 2, VWA");
    EXPECT_EQ(place("TEST-1,stain,,,,,,,,\n"), "line 2, category");
    EXPECT_EQ(place("TEST-1,unknown-stain,,,maybe,,,,,\n"), "line 2, iso17025");
    EXPECT_EQ(place("Petrov,unknown-stain,,,,,,,,\n"), "line 2, reference");
    EXPECT_EQ(place("TEST-1,unknown-stain\n"), "line 2, cells");
    EXPECT_EQ(place("TEST-1,unknown-stain,\"\n"), "line 2, quotes");
    EXPECT_EQ(place("TEST-1,unknown-stain,a\rb,,,,,,,\n"), "line 2, cells");
    EXPECT_EQ(place(std::string(8193, 'x') + "\n"), "line 2, line");
    EXPECT_EQ(read_csv("", test::table()).error().field, "line 1, reference");
    EXPECT_EQ(read_csv("VWA_1,VWA_2\n", test::table()).error().field, "line 1, reference");
    EXPECT_EQ(read_csv("reference,VWA_1,VWA_1\n", test::table()).error().field, "line 1, VWA_1");
}

TEST(Csv, reports_columns_that_it_cannot_carry)
{
    auto const read = read_csv("sample,pop,D99S1_1\nTEST-1,AA,12\n", test::table()).value();
    EXPECT_EQ(read.not_carried, (std::vector<std::string> { "column pop", "column D99S1_1" }));
}

TEST(Csv, keeps_a_mixed_profile_so_that_its_exchange_can_be_refused)
{
    auto const read
        = read_csv("reference,VWA_1,VWA_2,VWA_3,VWA_4\nTEST-1,14,15,16,17\n", test::table())
              .value();
    EXPECT_TRUE(mixed(read.profiles[0].genotype));
    EXPECT_EQ(read_csv(write_csv(read.profiles, test::table()), test::table())
                  .value()
                  .profiles[0]
                  .genotype,
        read.profiles[0].genotype);
}

std::string cmf(std::string_view specimens)
{
    return "<?xml version=\"1.0\"?>\n<CODISImportFile xmlns=\"urn:CODISImportFile-schema\">\n"
           "<HEADERVERSION>3.2</HEADERVERSION>\n"
        + std::string { specimens } + "\n</CODISImportFile>";
}

std::string specimen(std::string_view locus, std::string_view alleles,
    std::string_view category = "Forensic, Unknown", std::string_view id = "TEST-1")
{
    std::string out = fmt::format("<SPECIMEN><SPECIMENID>{}</SPECIMENID><SPECIMENCATEGORY>{}"
                                  "</SPECIMENCATEGORY>\n<LOCUS><LOCUSNAME>{}</LOCUSNAME>",
        id, category, locus);
    for (auto const each : split(alleles, ','))
        out += fmt::format("<ALLELE><ALLELEVALUE>{}</ALLELEVALUE></ALLELE>", each);
    return out + "</LOCUS></SPECIMEN>";
}

TEST(Cmf, one_value_is_a_homozygote_and_goes_out_as_one)
{
    auto const read = read_cmf(cmf(specimen("THO1", "9.3")), test::table()).value();
    EXPECT_EQ(read.profiles[0].genotype, test::genotype("TH01 9.3,9.3"));
    auto const out = write_cmf(
        read.profiles, { "TESTORI", "TESTLAB", "TEST", "2026-04-17T09:14:00" }, test::table());
    EXPECT_TRUE(out.not_carried.empty());
    EXPECT_EQ(
        read_cmf(out.text, test::table()).value().profiles[0].genotype, read.profiles[0].genotype);
}

TEST(Cmf, names_what_is_wrong_and_where)
{
    auto const place
        = [](std::string const& text) { return read_cmf(text, test::table()).error().field; };
    EXPECT_EQ(place(cmf(specimen("D99S1", "12"))), "line 5, LOCUS");
    EXPECT_EQ(place(cmf(specimen("TH01", "9.7"))), "line 5, ALLELE");
    EXPECT_EQ(place(cmf(specimen("TH01", "5,6,7,8,9"))), "line 5, LOCUS");
    EXPECT_EQ(place(cmf(specimen("TH01", "9", "Forensic Mixture"))), "line 4, SPECIMEN");
    EXPECT_EQ(
        place(cmf(specimen("TH01", "9", "Forensic, Unknown", "no name"))), "line 4, SPECIMEN");
    EXPECT_EQ(place(cmf(specimen("TH01", "9") + specimen("TH01", "9"))), "line 5, SPECIMEN");
    EXPECT_EQ(place("<a/>"), "line 1, a");
    EXPECT_EQ(place("<CODISImportFile/>"), "line 1, CODISImportFile");
    auto const whole = cmf(specimen("TH01", "9"));
    for (std::size_t size = 0; size < whole.size(); size += 7)
        EXPECT_FALSE(read_cmf(whole.substr(0, size), test::table()).ok()) << size;
}

TEST(Cmf, reports_what_it_cannot_carry)
{
    auto const read
        = read_cmf(cmf(specimen("TH01", "9", "Convicted Offender")), test::table()).value();
    EXPECT_EQ(read.not_carried.size(), 1U);
    std::vector<Profile> profiles { { "TEST-1", Category::relative, "NGM", "TEST", true, true,
        {} } };
    auto const out
        = write_cmf(profiles, { "TEST ORI THAT IS LONG", "LAB", "U", "D" }, test::table());
    EXPECT_EQ(out.not_carried.size(), 5U);
}

TEST(Cmf, reads_the_published_example)
{
    std::filesystem::path const example = "../shared/data/dna/codis_cmf_3_2_example.xml";
    if (!std::filesystem::exists(example)) GTEST_SKIP() << "no example at " << example;
    auto const bytes = read_file(example).value();
    auto const read = read_cmf(as_text(bytes), test::table());
    ASSERT_TRUE(read.ok()) << read.error().what;
    EXPECT_EQ(read.value().profiles[0].reference, "IMP_0001A");
    EXPECT_GT(read.value().profiles[0].genotype.size(), 5U);
    EXPECT_FALSE(read.value().not_carried.empty());
}

TEST(Xml, reads_no_document_type_and_keeps_its_bounds)
{
    auto const laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><l>&b;</l>";
    EXPECT_EQ(read_xml(laughs).error().what,
        "line 1: a document type is not read, nor what it would declare");
    EXPECT_FALSE(read_xml("<l>&b;</l>").ok());
    auto const deep = [](std::size_t levels) {
        std::string out;
        for (std::size_t i = 0; i < levels; ++i) out += "<a>";
        for (std::size_t i = 0; i < levels; ++i) out += "</a>";
        return read_xml(out).ok();
    };
    EXPECT_TRUE(deep(12));
    EXPECT_FALSE(deep(13));
    auto const text = [](std::size_t size) {
        return read_xml("<a>" + std::string(size, 'x') + "</a>").ok()
            && read_xml("<a b=\"" + std::string(size, 'x') + "\"/>").ok();
    };
    EXPECT_TRUE(text(4096));
    EXPECT_FALSE(text(4097));
    EXPECT_EQ(read_xml("<a> x &amp; y\n</a>").value().text, "x & y");
    EXPECT_EQ(xml_escaped("<&\">"), "&lt;&amp;&quot;&gt;");
}

TEST(Pruem, carries_its_fields_there_and_back)
{
    PruemMessage message { true, "TEST-9", "RS", "BG", "77", "2026-04-17", "09:14:00", {} };
    Profile const profile { "TEST-1", Category::known_person, "NGM", "", false, false,
        test::genotype("VWA 14,16; D1S1656 12,15.3; Amelogenin X,Y; D3S1358 15,*") };
    message.records.push_back(
        { profile, 4, "2026-04-01", PruemRecord::Result::hit, "NCB", "", "TEST-2", 2, 13, 1 });
    auto const out = write_pruem(message, test::table());
    EXPECT_TRUE(out.not_carried.empty());
    auto const read = read_pruem(out.text, test::table()).value();
    EXPECT_EQ(read.to, "BG");
    EXPECT_TRUE(read.answer);
    EXPECT_EQ(read.records[0].profile.genotype, profile.genotype);
    EXPECT_EQ(read.records[0].result, PruemRecord::Result::hit);
    EXPECT_EQ(read.records[0].quality, 2U);
    EXPECT_EQ(read.records[0].match_id, "TEST-2");
    EXPECT_EQ(write_pruem(read, test::table()).text, out.text);
}

TEST(Pruem, reports_what_it_cannot_carry)
{
    PruemMessage message { false, "TEST-9", "RS", "BG", "77", "D", "T", {} };
    message.records.push_back({ { "TEST-1", Category::missing_person, "", "TEST", true, false,
        test::genotype("VWA 14,15,16; TH01 9,R; Penta C 9,10") } });
    auto const out = write_pruem(message, test::table());
    EXPECT_EQ(out.not_carried.size(), 6U);
    auto const read = read_pruem(out.text, test::table()).value();
    EXPECT_EQ(read.records[0].profile.genotype, test::genotype("VWA 14,*; TH01 9,*"));
}

TEST(Pruem, names_the_line_of_what_is_wrong)
{
    PruemMessage message { false, "TEST-9", "RS", "BG", "77", "D", "T", {} };
    message.records.push_back({ { "TEST-1", Category::unknown_stain, "", "", false, false,
        test::genotype("VWA 14,15") } });
    auto const whole = write_pruem(message, test::table()).text;
    auto const broken = [&](std::string_view from, std::string_view to) {
        auto text = whole;
        text.replace(text.find(from), from.size(), to);
        auto const read = read_pruem(text, test::table());
        return read.ok() ? "" : read.error().field;
    };
    EXPECT_EQ(broken("<quality>0", "<quality>4"), "");
    EXPECT_EQ(broken("<quality>0", "<quality>5"), "line 9, PRUEM_datas");
    EXPECT_EQ(broken("<reqtype>3", "<reqtype>5"), "line 9, PRUEM_datas");
    EXPECT_EQ(broken("<type>S", "<type>Q"), "line 9, PRUEM_datas");
    EXPECT_EQ(broken("<low_allele>14", "<low_allele>14.7"), "line 13, vwa");
    EXPECT_EQ(broken("<direct>R", "<direct>X"), "line 3, header");
    EXPECT_EQ(broken("<result>U", "<result>Z"), "line 9, PRUEM_datas");
    EXPECT_FALSE(read_pruem("<PRUEMDNA/>", test::table()).ok());
}

} // namespace
} // namespace comity::search::dna
