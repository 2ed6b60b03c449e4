-- Whether news tells what it is about is a choice that shows words of customers on a locked phone: a line says who made it, and no other change of a browser does.
call rapport_watch('push_devices', 'push_device', '{person_id,subjects}', '{session_id,endpoint,endpoint_hash,public_key,auth_secret,created_at,told_at,refusals}', on_ => '{update}', only_ => '{subjects}');
