#include "casework/file_type.h"

#include <gtest/gtest.h>

namespace comity::casework {
namespace {

using namespace std::literals;

std::string_view type_of(std::string_view bytes)
{
    auto const* type = file_type_of(as_view(bytes));
    return type ? type->media_type : "none"sv;
}

} // namespace

TEST(FileType, is_told_by_the_first_bytes)
{
    EXPECT_EQ(type_of("%PDF-1.7\nTEST"), "application/pdf");
    EXPECT_EQ(type_of("\xFF\xD8\xFF\xE0\0\x10JFIF"sv), "image/jpeg");
    EXPECT_EQ(type_of("\x89PNG\r\n\x1A\n\0\0"sv), "image/png");
    EXPECT_EQ(type_of("II*\0\x08"sv), "image/tiff");
    EXPECT_EQ(type_of("RIFF\x10\0\0\0WEBPVP8L"sv), "image/webp");
    EXPECT_EQ(type_of("\0\0\0\x18"
                      "ftypmp42"sv),
        "video/mp4");
    EXPECT_EQ(type_of("1.001:200\x1D"sv), "application/vnd.nist-itl");
    EXPECT_EQ(type_of("Номер\tTEST\r\n"), "text/plain");
}

TEST(FileType, programs_archives_and_pages_are_none)
{
    for (auto const bytes : { "PK\x03\x04 office or archive"sv, "MZ\x90\0program"sv,
             "\x7F"
             "ELF"sv,
             "<html><script>"sv, "<svg onload=alert(1)>"sv, "GIF89a\x01\0"sv, "\x1F\x8Bgz"sv, ""sv,
             "a\0b"sv, "bell \x07"sv, "turned \xE2\x80\xAE text"sv, "no UTF-8 \xC3("sv,
             " %PDF-1.7 not at the beginning\0"sv })
        EXPECT_EQ(type_of(bytes), "none") << bytes;
}

TEST(FileType, a_name_has_to_end_as_its_type_does)
{
    auto const& pdf = *find_file_type("application/pdf");
    EXPECT_TRUE(fits(pdf, "Scene.PDF"));
    EXPECT_FALSE(fits(pdf, "scene.pdf.exe"));
    EXPECT_FALSE(fits(pdf, "pdf"));
    EXPECT_TRUE(fits(*find_file_type("image/jpeg"), "a.jpeg"));
}

TEST(FileType, a_name_is_one_that_every_disk_takes_and_every_list_shows_as_it_is)
{
    EXPECT_TRUE(is_file_name("Оглед на мястото 2.pdf"));
    EXPECT_TRUE(is_file_name(std::string(file_name_bytes_max, 'a')));
    EXPECT_FALSE(is_file_name(std::string(file_name_bytes_max + 1, 'a')));
    for (auto const name : { "", ".bashrc", "../../etc/passwd", "a\\b.pdf", "C:a.pdf", "a\nb.pdf",
             "a.pdf ", "a.", "photo\xE2\x80\xAEgpj.exe", "\xC3(.pdf" })
        EXPECT_FALSE(is_file_name(name)) << name;
}

TEST(FileType, what_came_is_saved_under_a_name_that_harms_nobody)
{
    auto const* pdf = find_file_type("application/pdf");
    EXPECT_EQ(name_to_save("scene.pdf", pdf), "scene.pdf");
    EXPECT_EQ(name_to_save("scene.exe", pdf), "scene.exe.pdf");
    EXPECT_EQ(name_to_save("../../scene.pdf", pdf), "file.pdf");
    EXPECT_EQ(name_to_save("scene.pdf", nullptr), "scene.pdf.bin");
}

} // namespace comity::casework
