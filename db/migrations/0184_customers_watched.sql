-- Flags and merges of customers are settings of a kind: who set them, and when, is kept.
call rapport_watch('customer_flags', 'customer', '{flag,review_on}', '{id,customer_id,home_id,set_by,set_at}', key_ => 'customer_id');
call rapport_watch('customer_merges', 'customer_merge', '{source_id,target_id,undone_at}', '{merged_by,merged_at,undone_by}');
